-- What stops or moves messages that are not sent yet.

-- Whatever changed what may be sent: the queue is brought in line by a sweep that walks the messages of each subject in
-- batches, behind sweep_after where they are many. One list for all kinds of subjects, so that finding what is to be swept
-- costs nothing where nothing changed. A second pass a minute after the change catches what transactions did that read
-- the subject before; then the row goes.
CREATE TABLE sweeps (
  subject     text NOT NULL CHECK (subject IN ('plan', 'device', 'lead', 'person', 'withdrawal', 'stop')),
  -- An id; of a person user:phone; of a stop the user, or nothing for the fleet.
  key         text NOT NULL,
  changed_at  timestamptz NOT NULL DEFAULT statement_timestamp(),
  sweep_at    timestamptz NOT NULL DEFAULT statement_timestamp(),
  sweep_after uuid NOT NULL DEFAULT '00000000-0000-0000-0000-000000000000',
  PRIMARY KEY (subject, key)
);

CREATE INDEX sweeps_due ON sweeps (subject, sweep_at);

INSERT INTO sweeps (subject, key, changed_at, sweep_at, sweep_after)
SELECT 'plan', id::text, changed_at, sweep_at, sweep_after FROM plans WHERE sweep_at IS NOT NULL
UNION ALL
SELECT 'person', user_id || ':' || phone, changed_at, sweep_at, '00000000-0000-0000-0000-000000000000'
FROM suppressions WHERE sweep_at IS NOT NULL
UNION ALL
-- Those that were here before anything of theirs was swept.
SELECT 'lead', id::text, statement_timestamp(), statement_timestamp(), '00000000-0000-0000-0000-000000000000' FROM leads
UNION ALL
SELECT 'device', device_id::text, statement_timestamp(), statement_timestamp(), '00000000-0000-0000-0000-000000000000'
FROM device_queue WHERE deleted
UNION ALL
SELECT 'withdrawal', message_id::text, statement_timestamp(), statement_timestamp(), '00000000-0000-0000-0000-000000000000'
FROM withdrawals;

ALTER TABLE plans DROP COLUMN changed_at, DROP COLUMN sweep_at, DROP COLUMN sweep_after;
ALTER TABLE suppressions DROP COLUMN changed_at, DROP COLUMN sweep_at;

-- Who stopped what: while a row stands here, nothing of its scope is released.
CREATE TABLE stops (
  scope      text NOT NULL CHECK (scope IN ('fleet', 'user')),
  user_id    text,
  stopped_at timestamptz NOT NULL DEFAULT statement_timestamp(),
  stopped_by text NOT NULL,
  reason     text,
  CONSTRAINT the_fleet_is_nobodys CHECK ((scope = 'fleet') = (user_id IS NULL)),
  UNIQUE NULLS NOT DISTINCT (scope, user_id)
);

ALTER TABLE broadcast_messages
  -- Its lead moved to this device while a try was out: it follows as soon as it waits again.
  ADD COLUMN moving_to uuid,
  ADD CONSTRAINT only_what_may_be_sent_yet_moves CHECK (moving_to IS NULL OR status IN ('pending', 'processing', 'unknown'));

-- Moving or stopping what a lead has not got yet.
CREATE INDEX broadcast_messages_of_lead ON broadcast_messages (lead_id)
  WHERE lead_id IS NOT NULL AND status IN ('pending', 'processing', 'unknown');
CREATE INDEX broadcast_messages_moving ON broadcast_messages (id) WHERE moving_to IS NOT NULL;

-- For people, in the view of the queue.
ALTER TABLE device_queue ADD COLUMN name text, ADD COLUMN hourly_cap int, ADD COLUMN daily_cap int;
