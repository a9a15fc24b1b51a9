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
  -- When it was said, by a reply or an operator, that decided last, to suppress or to lift; never later than it was taken in.
  decided_at timestamptz NOT NULL DEFAULT clock_timestamp(),
  updated_at timestamptz NOT NULL DEFAULT clock_timestamp(),
  PRIMARY KEY (user_id, phone)
);

-- A list of what was changed since the caller looked last reads that, not everybody.
CREATE INDEX suppressions_changed ON suppressions (user_id, updated_at) WHERE NOT deleted;

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

-- Who asked for what is kept of whom, or had whom erased. Forgotten with its answers after 7 days; of an erasure that has ended
-- stays the report, for 90 days, and nothing that says whose it was.
CREATE TABLE person_requests (
  id       uuid        PRIMARY KEY,
  user_id  text        NOT NULL,
  wish     text        NOT NULL CHECK (wish IN ('export', 'erase')),
  phone    text        NOT NULL,
  -- The person's leads, of an erasure.
  leads    uuid[]      NOT NULL DEFAULT '{}',
  asked_at timestamptz NOT NULL DEFAULT clock_timestamp(),
  -- Of an erasure: when every service had erased all but the suppression, and was asked for the rest.
  forgets_at timestamptz,
  -- Of an erasure: when it was told to the services last, and how often again for want of an answer.
  told_at  timestamptz NOT NULL DEFAULT clock_timestamp(),
  repeats  integer     NOT NULL DEFAULT 0,
  -- When the last service had answered.
  ended_at timestamptz,
  CHECK (wish = 'erase' OR forgets_at IS NULL)
);

CREATE INDEX person_requests_of ON person_requests (user_id, wish, id);
CREATE INDEX person_requests_by_age ON person_requests (asked_at);
-- A person is erased by one request at a time.
CREATE UNIQUE INDEX person_requests_erasing ON person_requests (user_id, phone) WHERE wish = 'erase' AND ended_at IS NULL;

-- What each service answered, part by part.
CREATE TABLE person_answers (
  request_id uuid    NOT NULL REFERENCES person_requests ON DELETE CASCADE,
  service    text    NOT NULL,
  part       integer NOT NULL,
  -- Whether the service has no part after this one.
  last       boolean NOT NULL,
  facts      text[]  NOT NULL,
  told_at    timestamptz NOT NULL DEFAULT clock_timestamp(),
  PRIMARY KEY (request_id, service, part)
);
