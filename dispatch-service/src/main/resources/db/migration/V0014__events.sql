-- What a tenant's own systems hear: events, the webhooks that get them, and what became of each delivery.

-- Whose facts become events: who has a webhook, or has asked for the stream of events lately. Nobody else pays for them.
CREATE TABLE event_listeners (
  user_id       text PRIMARY KEY CHECK (char_length(user_id) <= 255),
  listening     boolean NOT NULL DEFAULT true,
  -- When the stream was asked for last.
  asked_at      timestamptz,
  -- The number of the last event: 1, 2, 3, …, tests of webhooks included, which the stream does not show.
  last_position bigint NOT NULL DEFAULT 0
);

-- An id that begins with the moment (UUIDv7), so that the newest ones stand together in an index.
CREATE FUNCTION id_of_now() RETURNS uuid
  LANGUAGE sql VOLATILE
  RETURN encode(
    set_bit(set_bit(
      overlay(uuid_send(gen_random_uuid())
        PLACING substring(int8send((extract(epoch FROM clock_timestamp()) * 1000)::bigint) FROM 3) FROM 1 FOR 6),
      52, 1), 53, 1), 'hex')::uuid;

-- Events that have no number yet: what the transactions of the facts append. Numbers are given by one process at a time, in the
-- order of commits; else who reads behind a number would miss what was committed later with a lower one.
CREATE TABLE new_events (
  n        bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  id       uuid NOT NULL DEFAULT id_of_now(),
  user_id  text NOT NULL,
  type     text NOT NULL,
  -- What it is about: an id, or a phone. The events of one subject are told in their order.
  subject  text NOT NULL,
  at       timestamptz NOT NULL DEFAULT statement_timestamp(),
  -- A JSON object: the subject as it was then.
  data     text NOT NULL,
  -- For this webhook alone: a test.
  only_for uuid
)
-- Every row is numbered and deleted within a second.
WITH (autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 5000, autovacuum_vacuum_cost_delay = 0);

CREATE TABLE events (
  user_id     text NOT NULL,
  position    bigint NOT NULL,
  id          uuid NOT NULL,
  type        text NOT NULL,
  subject     text NOT NULL,
  at          timestamptz NOT NULL,
  data        text NOT NULL,
  only_for    uuid,
  recorded_at timestamptz NOT NULL DEFAULT statement_timestamp(),
  PRIMARY KEY (user_id, position)
);

CREATE INDEX events_by_age ON events (recorded_at);
-- Sending one again.
CREATE INDEX events_by_id ON events (id);
CREATE INDEX events_of_subject ON events (user_id, subject, position);

CREATE TABLE webhooks (
  id              uuid PRIMARY KEY,
  user_id         text NOT NULL CHECK (char_length(user_id) <= 255),
  url             text NOT NULL,
  -- The types that it gets; none: all.
  events          text[] NOT NULL,
  description     text,
  enabled         boolean NOT NULL,
  -- Why it is not enabled: its user, its receiver (410), or too many days of failure.
  disabled_reason text CHECK (disabled_reason IN ('user', 'gone', 'failing')),
  disabled_at     timestamptz,
  -- Its secret is made of its id, of this number, and of the key of the installation.
  generation      int NOT NULL DEFAULT 1,
  -- Until when the secret of the generation before is valid beside it.
  old_valid_until timestamptz,
  -- Failed deliveries since the last one that arrived, and since when.
  failures        int NOT NULL DEFAULT 0,
  failing_since   timestamptz,
  -- The breaker: nothing is sent before.
  resting_until   timestamptz,
  deleted         boolean NOT NULL DEFAULT false,
  created_at      timestamptz NOT NULL DEFAULT clock_timestamp(),
  updated_at      timestamptz NOT NULL DEFAULT clock_timestamp(),
  version         bigint NOT NULL DEFAULT 1,
  CONSTRAINT what_is_disabled_says_why CHECK (enabled = (disabled_reason IS NULL) AND enabled = (disabled_at IS NULL)),
  CONSTRAINT who_fails_fails_since CHECK ((failures = 0) = (failing_since IS NULL))
);

CREATE INDEX webhooks_of_user ON webhooks (user_id, id) WHERE NOT deleted;

-- One event for one webhook.
CREATE TABLE webhook_deliveries (
  webhook_id   uuid NOT NULL,
  position     bigint NOT NULL,
  event_id     uuid NOT NULL,
  type         text NOT NULL,
  subject      text NOT NULL,
  status       text NOT NULL DEFAULT 'pending' CHECK (status IN ('pending', 'delivered', 'failed')),
  attempts     int NOT NULL DEFAULT 0,
  -- Since when it waits: since the event, or since somebody had it sent again.
  since        timestamptz NOT NULL DEFAULT statement_timestamp(),
  -- Of the last attempt.
  tried_at     timestamptz,
  code         int,
  took_ms      int,
  answer       text,
  error        text,
  created_at   timestamptz NOT NULL DEFAULT statement_timestamp(),
  PRIMARY KEY (webhook_id, position)
);

CREATE INDEX webhook_deliveries_pending ON webhook_deliveries (webhook_id, subject, position) WHERE status = 'pending';
CREATE INDEX webhook_deliveries_failed ON webhook_deliveries (webhook_id, position) WHERE status = 'failed';
CREATE INDEX webhook_deliveries_by_age ON webhook_deliveries (created_at);

-- No two claims have the same number, also of a lane that went and came again: what was under way for the one before says nothing of it.
CREATE SEQUENCE webhook_claims;

-- What waits for a webhook about one subject: one row however many events that is, so that one is in flight at a time and they
-- are told in order. There are as many rows as subjects that wait, so finding work costs nothing of what was delivered.
CREATE TABLE webhook_lanes (
  webhook_id uuid NOT NULL,
  subject    text NOT NULL,
  -- When its next event may be tried; while one is in flight, when it counts as lost with its process.
  due_at     timestamptz NOT NULL DEFAULT statement_timestamp(),
  -- The number of its last claim: what became of a claim that was lost meanwhile changes nothing.
  claims     bigint NOT NULL DEFAULT 0,
  -- Rises with each event that is added: the lane goes only if none was since it was claimed.
  additions  bigint NOT NULL DEFAULT 0,
  PRIMARY KEY (webhook_id, subject)
)
WITH (autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 5000, autovacuum_vacuum_cost_delay = 0);

CREATE INDEX webhook_lanes_due ON webhook_lanes (webhook_id, due_at);

-- From `inbound-messages`: what people answered.
CREATE TABLE replies (
  id        uuid PRIMARY KEY,
  user_id   text NOT NULL,
  device_id uuid NOT NULL,
  phone     text NOT NULL,
  at        timestamptz NOT NULL,
  type      text NOT NULL,
  text      text NOT NULL,
  taken_at  timestamptz NOT NULL DEFAULT statement_timestamp()
);

CREATE INDEX replies_of_person ON replies (user_id, phone, at);
CREATE INDEX replies_by_age ON replies (taken_at);

-- From `user-events`: files of leads that were taken in. What ended is told once.
CREATE TABLE imports (
  id        uuid PRIMARY KEY,
  user_id   text NOT NULL,
  status    text NOT NULL,
  -- Why the rest of the file was not read.
  failure   text,
  lines     bigint NOT NULL,
  created   bigint NOT NULL,
  updated   bigint NOT NULL,
  unchanged bigint NOT NULL,
  duplicate bigint NOT NULL,
  refused   bigint NOT NULL,
  at        timestamptz NOT NULL
);

CREATE INDEX imports_by_age ON imports (at);

-- From `sequence-events`: how people walked through sequences. The number of an assignment does not tell two walks apart: whoever was
-- asked in has 0 each time, and each trigger of a lead is numbered from 1. The moment does: it is written once, with the record.
CREATE TABLE walks (
  sequence_id uuid NOT NULL,
  lead_id     uuid NOT NULL,
  assignment  bigint NOT NULL,
  what        text NOT NULL CHECK (what IN ('entered', 'completed', 'left')),
  user_id     text NOT NULL,
  reason      text,
  at          timestamptz NOT NULL,
  PRIMARY KEY (lead_id, sequence_id, assignment, what, at)
);

CREATE INDEX walks_by_age ON walks (at);
