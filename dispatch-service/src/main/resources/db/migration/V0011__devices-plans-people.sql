-- What the queue knows of devices, plans, leads and suppressions, and what is to be done when they change.

-- One row a device: what its owner last told (from `devices`) beside when it has work next, so that finding work is one
-- index scan. A device whose messages came before its snapshot has version 0 and waits.
CREATE TABLE device_queue (
  device_id      uuid PRIMARY KEY,
  user_id        text,
  -- For operators, in the view of the queue.
  name           text,
  status         text CHECK (status IN ('online', 'offline', 'paused', 'banned')),
  min_delay      int,
  max_delay      int,
  anti_spam      text,
  time_zone      text,
  hourly_cap     int,
  daily_cap      int,
  -- By how much the gateway asks every pause of it to be stretched, for the sake of its health.
  slow_factor    int NOT NULL DEFAULT 1 CHECK (slow_factor BETWEEN 1 AND 10),
  unknown_policy text NOT NULL DEFAULT 'hold' CHECK (unknown_policy IN ('hold', 'assume_sent', 'retry')),
  version        bigint NOT NULL DEFAULT 0,
  deleted        boolean NOT NULL DEFAULT false,
  -- When this queue heard that it was deleted.
  deleted_at     timestamptz,
  -- A hint: nothing can be released earlier. Lowered by whoever adds work or makes room, in its own transaction and
  -- after its rows; recomputed by the release under the row's lock. Infinity: wait to be told.
  next_due       timestamptz NOT NULL DEFAULT 'infinity',
  -- The gateway said: not before.
  held_until     timestamptz,
  hold_reason    text,
  -- The same for all but direct messages: a cap holds what goes to people who did not write first, and an answer is direct.
  cold_held_until  timestamptz,
  cold_hold_reason text,
  CONSTRAINT a_seen_device_has_an_owner CHECK ((version = 0) = (user_id IS NULL) AND (version = 0) = (status IS NULL)),
  CONSTRAINT a_deletion_has_its_time CHECK (deleted = (deleted_at IS NOT NULL)),
  CONSTRAINT a_hold_has_a_reason CHECK ((held_until IS NULL) = (hold_reason IS NULL)),
  CONSTRAINT a_cold_hold_has_a_reason CHECK ((cold_held_until IS NULL) = (cold_hold_reason IS NULL))
)
-- Hot and small: without an eager vacuum the index of the release fills with dead entries.
WITH (fillfactor = 50, autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 5000, autovacuum_vacuum_cost_delay = 0);

CREATE INDEX device_queue_due ON device_queue (next_due) WHERE status = 'online' AND NOT deleted;

-- The view of the queue: pages of the devices of one tenant, whatever others have. A change of next_due, which stands in an index anyway,
-- pays 6 of 20 microseconds for it.
CREATE INDEX device_queue_of_user ON device_queue (user_id, device_id);

-- Devices that were warned of since they are silent while their messages grow old, so that no replica does so twice a day.
CREATE TABLE expiry_warnings (
  device_id uuid PRIMARY KEY,
  warned_on date NOT NULL
);

-- From `plans`. No row: active.
CREATE TABLE plans (
  id      uuid PRIMARY KEY,
  kind    text NOT NULL,
  user_id text NOT NULL,
  status  text NOT NULL CHECK (status IN ('active', 'paused', 'cancelled', 'completed', 'failed')),
  run     int NOT NULL,
  title   text,
  version bigint NOT NULL,
  deleted boolean NOT NULL,
  -- Whom an earlier run reached is known by the phone as well, not only by the lead.
  once_per_phone boolean NOT NULL DEFAULT false,
  -- From then on it is paused, also where nobody says so (plan_waits); null: never by itself.
  open_until timestamptz
);

-- From `suppressions`: who must not be written to.
CREATE TABLE suppressions (
  user_id    text NOT NULL,
  phone      text NOT NULL,
  -- Why and since when, for people; null where nobody told.
  reason     text,
  decided_at timestamptz,
  version    bigint NOT NULL,
  deleted    boolean NOT NULL,
  PRIMARY KEY (user_id, phone)
);

-- Whose suppression has no phone any more, because the person was erased: a keyed hash of it. A row becomes a suppression again
-- when somebody writes to the phone. What is told late or again of the time before erased_at, or of a version that is no higher, is not
-- written down.
CREATE TABLE erased_people (
  user_id    text   NOT NULL,
  phone_hash text   NOT NULL,
  version    bigint NOT NULL,
  erased_at  timestamptz NOT NULL DEFAULT statement_timestamp(),
  PRIMARY KEY (user_id, phone_hash)
);

-- From `leads`.
CREATE TABLE leads (
  id        uuid PRIMARY KEY,
  user_id   text NOT NULL,
  device_id uuid,
  phone     text NOT NULL,
  -- What the recipient is called; null where that is no name.
  name      text,
  version   bigint NOT NULL,
  deleted   boolean NOT NULL
);

-- Withdrawals, also those that came before their message; kept while it could be tried again (forget-withdrawals.sql). A table of its own: as rows of broadcast_messages they would have no
-- recipient and no text, and every NOT NULL there would have to go.
CREATE TABLE withdrawals (
  message_id uuid PRIMARY KEY,
  user_id    text NOT NULL,
  created_at timestamptz NOT NULL DEFAULT clock_timestamp()
);

-- Emergency stops, and who made them: while a row stands here, nothing of its scope is released.
CREATE TABLE stops (
  scope      text NOT NULL CHECK (scope IN ('fleet', 'user')),
  user_id    text,
  stopped_at timestamptz NOT NULL DEFAULT statement_timestamp(),
  stopped_by text NOT NULL,
  reason     text,
  CONSTRAINT the_fleet_is_nobodys CHECK ((scope = 'fleet') = (user_id IS NULL)),
  UNIQUE NULLS NOT DISTINCT (scope, user_id)
);

-- What changed what may be sent: the messages of each subject are to be reconciled with it, in batches, behind done_to where
-- they are many. One list for all kinds of subjects, so that finding what is to be done costs nothing where nothing changed.
-- A second pass a minute after the change catches what transactions did that read the subject before; then the row goes.
CREATE TABLE reconciliations (
  -- hours: a plan, at the time at which it pauses by itself.
  subject    text NOT NULL CHECK (subject IN ('plan', 'hours', 'device', 'lead', 'person', 'withdrawal', 'stop')),
  -- An id; of a person user:phone; of a stop the user, or nothing for the fleet.
  key        text NOT NULL,
  changed_at timestamptz NOT NULL DEFAULT statement_timestamp(),
  due_at     timestamptz NOT NULL DEFAULT statement_timestamp(),
  done_to    uuid NOT NULL DEFAULT '00000000-0000-0000-0000-000000000000',
  -- When the pass that it is in began to read: only a pass that began a minute after the change has seen everything.
  pass_began timestamptz NOT NULL DEFAULT '-infinity',
  PRIMARY KEY (subject, key)
);

CREATE INDEX reconciliations_due ON reconciliations (subject, due_at);
