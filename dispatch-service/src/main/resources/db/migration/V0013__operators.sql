-- What operators asked for, and what the engines could not do.

-- Actions on all messages that match a filter: done in batches behind a cursor, so that a crash costs nothing. Users
-- take turns at them, and of a user whichever was worked on longest ago comes next: neither a large one nor one that fails nor
-- very many of one user keep the others waiting.
CREATE TABLE bulk_actions (
  id             uuid PRIMARY KEY,
  user_id        text NOT NULL,
  action         text NOT NULL CHECK (action IN ('cancel', 'retry', 'resolve')),
  outcome        text CHECK (outcome IN ('sent', 'failed')),
  -- The filter as MessageFilter writes it: a JSON object.
  filter         jsonb NOT NULL,
  -- Only messages that were stored by then.
  asked_at       timestamptz NOT NULL DEFAULT clock_timestamp(),
  -- Null: too many to be counted while somebody waits; known when it is done.
  matched        bigint,
  changed        bigint NOT NULL DEFAULT 0,
  -- How many matched and were not changed, by the code of the reason.
  skipped        jsonb NOT NULL DEFAULT '{}',
  worked_at      timestamptz NOT NULL DEFAULT clock_timestamp(),
  done_to        uuid NOT NULL DEFAULT '00000000-0000-0000-0000-000000000000',
  done_at        timestamptz,
  -- Of what is answered.
  updated_at     timestamptz NOT NULL DEFAULT clock_timestamp(),
  -- In a row, since the last batch that was done. An action that fails again and again ends, and says so.
  failures       int NOT NULL DEFAULT 0,
  failed_because text,
  CONSTRAINT only_a_resolution_has_an_outcome CHECK ((action = 'resolve') = (outcome IS NOT NULL)),
  CONSTRAINT what_failed_has_ended CHECK (failed_because IS NULL OR done_at IS NOT NULL)
);

CREATE INDEX bulk_actions_open ON bulk_actions (user_id, worked_at) WHERE done_at IS NULL;

-- When each user's last turn was; forgotten after a month.
CREATE TABLE bulk_turns (
  user_id text PRIMARY KEY,
  had_at  timestamptz NOT NULL
);

-- Messages that the database refuses to change for an engine, with the reason: the engine goes on without them, and looks at
-- them again in an hour. A row says that something is to be mended.
CREATE TABLE set_aside_messages (
  message_id   uuid PRIMARY KEY,
  engine       text NOT NULL,
  reason       text NOT NULL,
  times        int NOT NULL DEFAULT 1,
  set_aside_at timestamptz NOT NULL DEFAULT clock_timestamp()
);
