-- The durable queue. Wrong rows are impossible rather than unlikely: what a status means stands in the constraints.

-- Which status a reason ends a message with, for every path that ends one.
CREATE FUNCTION ended_status(reason text) RETURNS text
  LANGUAGE sql IMMUTABLE
  RETURN CASE
    WHEN reason IN ('expired', 'contact_rejected', 'provider_failed', 'suppressed', 'wrong_owner') THEN 'failed'
    WHEN reason IN ('plan_cancelled', 'withdrawn', 'superseded_run', 'sent_in_earlier_run', 'device_deleted')
      THEN 'cancelled'
  END;

-- Partitioned by the id itself, whose first 48 bits are the planned time: the key that makes redelivery harmless is then
-- the primary key of the whole table. A key on (id, created_at) would let a redelivery in twice.
CREATE TABLE broadcast_messages (
  id                  uuid PRIMARY KEY,
  kind                text NOT NULL CHECK (kind IN ('campaign', 'step', 'direct', 'test')),
  user_id             text NOT NULL,
  device_id           uuid NOT NULL,
  lead_id             uuid,
  campaign_id         uuid,
  run                 int NOT NULL DEFAULT 0,
  sequence_id         uuid,
  sequence_stepid     uuid,
  contact_id          uuid,
  recipient_phone     text NOT NULL CHECK (recipient_phone ~ '^[1-9][0-9]{6,14}$'),
  recipient_name      text,
  niche               text,
  type                text NOT NULL CHECK (type IN ('text', 'image')),
  message             text NOT NULL,
  media_url           text,
  min_delay           int,
  max_delay           int,
  anti_spam           text CHECK (anti_spam IN ('full', 'greeting', 'off')),
  time_zone           text NOT NULL,
  scheduled_at        timestamptz NOT NULL,
  expires_at          timestamptz,
  status              text NOT NULL DEFAULT 'pending'
                      CHECK (status IN ('pending', 'processing', 'sent', 'failed', 'cancelled', 'unknown')),
  -- scheduled_at at first; a try that came back moves it on.
  due_at              timestamptz NOT NULL,
  -- Waits for its paused plan, out of the sight of the release.
  parked              boolean NOT NULL DEFAULT false,
  -- How often it was released, and how many of those tries count against the limit of three.
  try_no              int NOT NULL DEFAULT 0,
  attempts            int NOT NULL DEFAULT 0,
  not_after           timestamptz,
  lease_until         timestamptz,
  -- When to ask the gateway for this try back: the end of the lease, or earlier when somebody stopped the message.
  recall_at           timestamptz,
  -- The longest pause that was told to the gateway for this try.
  max_pause           int,
  -- What a stopped try ends with, if the gateway gives it back.
  ending              text,
  failure_reason      text,
  error_message       text,
  sent_text           text,
  provider_message_id text,
  sent_at             timestamptz,
  delivered_at        timestamptz,
  read_at             timestamptz,
  created_at          timestamptz NOT NULL DEFAULT clock_timestamp(),
  version             bigint NOT NULL DEFAULT 1,

  -- What may stop it as a whole: its campaign or its sequence. A test is sent whatever its campaign does.
  plan_id     uuid GENERATED ALWAYS AS (CASE kind WHEN 'campaign' THEN campaign_id WHEN 'step' THEN sequence_id END) STORED,
  -- The order of MessageKind.priority().
  priority    smallint NOT NULL GENERATED ALWAYS AS (CASE kind WHEN 'campaign' THEN 2 WHEN 'step' THEN 1 ELSE 0 END) STORED,
  -- The day it is counted on, whatever becomes of it.
  planned_day date NOT NULL GENERATED ALWAYS AS ((scheduled_at AT TIME ZONE time_zone)::date) STORED,

  CONSTRAINT a_campaign_message_names_its_cause CHECK (
    kind <> 'campaign' OR (campaign_id IS NOT NULL AND run >= 1 AND lead_id IS NOT NULL)),
  CONSTRAINT a_step_names_its_cause CHECK (
    kind <> 'step' OR (sequence_id IS NOT NULL AND sequence_stepid IS NOT NULL AND contact_id IS NOT NULL AND lead_id IS NOT NULL)),
  CONSTRAINT an_image_has_a_url CHECK (type <> 'image' OR media_url IS NOT NULL),
  CONSTRAINT delays_come_together CHECK (
    (min_delay IS NULL AND max_delay IS NULL) OR coalesce(0 <= min_delay AND min_delay <= max_delay AND max_delay <= 3600, false)),
  CONSTRAINT attempts_are_tries CHECK (0 <= attempts AND attempts <= try_no),
  CONSTRAINT only_a_released_message_has_a_lease CHECK (
    CASE WHEN status = 'processing'
      THEN try_no >= 1 AND not_after IS NOT NULL AND lease_until IS NOT NULL AND recall_at IS NOT NULL AND max_pause IS NOT NULL
      ELSE lease_until IS NULL AND recall_at IS NULL AND max_pause IS NULL AND ending IS NULL
    END),
  CONSTRAINT only_a_pending_message_is_parked CHECK (NOT parked OR status = 'pending'),
  CONSTRAINT an_unknown_message_was_tried CHECK (status <> 'unknown' OR try_no >= 1),
  CONSTRAINT a_sent_message_has_its_time CHECK (status <> 'sent' OR sent_at IS NOT NULL),
  CONSTRAINT only_what_was_sent_is_delivered CHECK (sent_at IS NOT NULL OR (delivered_at IS NULL AND read_at IS NULL)),
  CONSTRAINT an_ended_message_has_the_reason_of_its_status CHECK (
    CASE WHEN status IN ('failed', 'cancelled')
      THEN coalesce(ended_status(failure_reason) = status, false)
      ELSE failure_reason IS NULL
    END),
  CONSTRAINT an_ending_is_a_reason CHECK (ending IS NULL OR ended_status(ending) IS NOT NULL)
) PARTITION BY RANGE (id);

CREATE TABLE broadcast_messages_default PARTITION OF broadcast_messages DEFAULT;

-- The release: what a device may say next, within one priority.
CREATE INDEX broadcast_messages_next ON broadcast_messages (device_id, priority, due_at, created_at, id)
  WHERE status = 'pending' AND NOT parked;
-- The release: how much of a device is in flight.
CREATE INDEX broadcast_messages_in_flight ON broadcast_messages (device_id) WHERE status = 'processing';
CREATE INDEX broadcast_messages_recall ON broadcast_messages (recall_at) WHERE status = 'processing';
CREATE INDEX broadcast_messages_expiry ON broadcast_messages (expires_at) WHERE status = 'pending' AND expires_at IS NOT NULL;
-- Stopping a plan: what it has not sent yet.
CREATE INDEX broadcast_messages_unsent ON broadcast_messages (plan_id, id) WHERE status IN ('pending', 'processing');
-- Intake of a later run: who already has the campaign.
CREATE INDEX broadcast_messages_reached ON broadcast_messages (campaign_id, lead_id)
  WHERE kind = 'campaign' AND status IN ('sent', 'unknown');
-- Lists, newest planned first; and a person's messages, also to stop them.
CREATE INDEX broadcast_messages_of_user ON broadcast_messages (user_id, id);
CREATE INDEX broadcast_messages_of_plan ON broadcast_messages (plan_id, id) WHERE plan_id IS NOT NULL;
CREATE INDEX broadcast_messages_of_device ON broadcast_messages (device_id, id);
CREATE INDEX broadcast_messages_of_person ON broadcast_messages (user_id, recipient_phone, id);

-- One row a device: what its owner last told (from `devices`) beside when it has work next, so that finding work is one
-- index scan. A device whose messages came before its snapshot has version 0 and waits.
CREATE TABLE device_queue (
  device_id   uuid PRIMARY KEY,
  user_id     text,
  status      text CHECK (status IN ('online', 'offline', 'paused', 'banned')),
  min_delay   int,
  max_delay   int,
  anti_spam   text,
  time_zone   text,
  version     bigint NOT NULL DEFAULT 0,
  deleted     boolean NOT NULL DEFAULT false,
  -- A hint: nothing can be released earlier. Lowered by whoever adds work or makes room, in its own transaction and
  -- after its rows; recomputed by the release under the row's lock. Infinity: wait to be told.
  next_due    timestamptz NOT NULL DEFAULT 'infinity',
  -- The gateway said: not before.
  held_until  timestamptz,
  hold_reason text,
  CONSTRAINT a_seen_device_has_an_owner CHECK ((version = 0) = (user_id IS NULL) AND (version = 0) = (status IS NULL)),
  CONSTRAINT a_hold_has_a_reason CHECK ((held_until IS NULL) = (hold_reason IS NULL))
)
-- Hot and small: without an eager vacuum the index of the release fills with dead entries.
WITH (fillfactor = 50, autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 5000, autovacuum_vacuum_cost_delay = 0);

CREATE INDEX device_queue_due ON device_queue (next_due) WHERE status = 'online' AND NOT deleted;

-- Withdrawals that came before their message. A table of its own: as rows of broadcast_messages they would have no
-- recipient and no text, and every NOT NULL above would have to go.
CREATE TABLE withdrawals (
  message_id uuid PRIMARY KEY,
  user_id    text NOT NULL,
  created_at timestamptz NOT NULL DEFAULT clock_timestamp()
);

-- From `plans`. No row: active.
CREATE TABLE plans (
  id         uuid PRIMARY KEY,
  kind       text NOT NULL,
  user_id    text NOT NULL,
  status     text NOT NULL CHECK (status IN ('active', 'paused', 'cancelled', 'completed', 'failed')),
  run        int NOT NULL,
  title      text,
  version    bigint NOT NULL,
  deleted    boolean NOT NULL,
  -- When status, run or deletion last changed here; the queue is brought in line by a sweep that walks the unsent
  -- messages behind sweep_after. A second pass a minute later catches what transactions did that read the plan before.
  changed_at  timestamptz NOT NULL DEFAULT clock_timestamp(),
  sweep_at    timestamptz,
  sweep_after uuid NOT NULL DEFAULT '00000000-0000-0000-0000-000000000000'
);

CREATE INDEX plans_to_sweep ON plans (sweep_at) WHERE sweep_at IS NOT NULL;

-- From `suppressions`: who must not be written to, swept in the same way.
CREATE TABLE suppressions (
  user_id    text NOT NULL,
  phone      text NOT NULL,
  version    bigint NOT NULL,
  deleted    boolean NOT NULL,
  changed_at timestamptz NOT NULL DEFAULT clock_timestamp(),
  sweep_at   timestamptz,
  PRIMARY KEY (user_id, phone)
);

CREATE INDEX suppressions_to_sweep ON suppressions (sweep_at) WHERE sweep_at IS NOT NULL;

-- From `leads`.
CREATE TABLE leads (
  id        uuid PRIMARY KEY,
  user_id   text NOT NULL,
  device_id uuid,
  phone     text NOT NULL,
  version   bigint NOT NULL,
  deleted   boolean NOT NULL
);
