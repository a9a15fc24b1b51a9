-- Who must not be written to by any device of the user, under whatever spelling of the number. By the phone and not by the
-- lead, so that it survives that a lead is deleted and comes back. Rows stay when lifted, so that the version goes on.
CREATE TABLE suppressions (
  user_id    text        NOT NULL,
  phone      text        NOT NULL CHECK (phone ~ '^[1-9][0-9]{6,14}$'),
  -- In words, for people.
  reason     text        NOT NULL,
  -- Who said so: the person, by a reply, or an operator. What an operator said the person's START does not undo.
  source     text        NOT NULL DEFAULT 'operator' CHECK (source IN ('reply', 'operator')),
  version    bigint      NOT NULL CHECK (version >= 1),
  deleted    boolean     NOT NULL DEFAULT false,
  -- When it was decided last, to suppress or to lift.
  decided_at timestamptz NOT NULL DEFAULT clock_timestamp(),
  updated_at timestamptz NOT NULL DEFAULT clock_timestamp(),
  PRIMARY KEY (user_id, phone)
);

-- Whose suppression has no phone any more, because the person was erased: a keyed hash of it. A row becomes a suppression again
-- when somebody brings the phone.
CREATE TABLE erased_people (
  user_id    text        NOT NULL,
  phone_hash text        NOT NULL,
  source     text        NOT NULL,
  version    bigint      NOT NULL,
  decided_at timestamptz NOT NULL,
  PRIMARY KEY (user_id, phone_hash)
);

-- Replies that ask for an end or a new beginning of messages, or may do so: each is taken once, and the doubtful ones wait
-- here for an operator. Forgotten after 90 days.
CREATE TABLE opt_out_replies (
  id         uuid        PRIMARY KEY,
  user_id    text        NOT NULL,
  device_id  uuid        NOT NULL,
  phone      text        NOT NULL,
  text       text        NOT NULL,
  verdict    text        NOT NULL CHECK (verdict IN ('stop', 'start', 'doubtful')),
  written_at timestamptz NOT NULL,
  taken_at   timestamptz NOT NULL DEFAULT clock_timestamp(),
  -- What an operator made of a doubtful one.
  decision   text        CHECK (decision IN ('opted_out', 'dismissed')),
  decided_by text,
  decided_at timestamptz,
  CHECK ((decision IS NULL) = (decided_at IS NULL) AND (decision IS NULL) = (decided_by IS NULL)),
  CHECK (decision IS NULL OR verdict = 'doubtful')
);

CREATE INDEX opt_out_replies_open ON opt_out_replies (user_id, id) WHERE verdict = 'doubtful' AND decision IS NULL;
CREATE INDEX opt_out_replies_of_person ON opt_out_replies (user_id, phone);
CREATE INDEX opt_out_replies_by_age ON opt_out_replies (taken_at);
