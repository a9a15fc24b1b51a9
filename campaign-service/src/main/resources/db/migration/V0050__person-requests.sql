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
