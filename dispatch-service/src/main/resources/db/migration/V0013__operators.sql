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

-- Who did what when. Rows are added and never changed: the database refuses it. They go when they are old, by who says that it
-- forgets.
CREATE TABLE audit_entries (
  id         uuid PRIMARY KEY,
  -- Whose things it is about, and who did it: an administrator may act for a user. Null: for everybody.
  user_id    text CHECK (char_length(user_id) <= 255),
  by_user    text NOT NULL CHECK (char_length(by_user) <= 255),
  at         timestamptz NOT NULL DEFAULT clock_timestamp(),
  action     text NOT NULL,
  -- What it was done to: message, webhook, campaign, device, …; and which.
  subject    text NOT NULL,
  subject_id text,
  -- JSON objects, or nothing.
  before     text,
  after      text
);

CREATE INDEX audit_of_user ON audit_entries (user_id, id);
CREATE INDEX audit_by_age ON audit_entries (at);
CREATE INDEX audit_of_subject ON audit_entries (user_id, subject_id, id) WHERE subject_id IS NOT NULL;

CREATE FUNCTION refuse_another_past() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'DELETE' AND current_setting('siaran.forgets', true) = 'audit_entries' THEN
    RETURN OLD;
  END IF;
  RAISE EXCEPTION 'what was done stays written' USING ERRCODE = 'restrict_violation';
END $$;

CREATE TRIGGER refuse_another_past BEFORE UPDATE OR DELETE ON audit_entries
  FOR EACH ROW EXECUTE FUNCTION refuse_another_past();

-- Everything about one person: the leads with that phone.
CREATE INDEX leads_of_person ON leads (user_id, phone);
