-- Who asked for what is kept of whom. Forgotten with its answers after 7 days.
CREATE TABLE person_exports (
  id       uuid        PRIMARY KEY,
  user_id  text        NOT NULL,
  phone    text        NOT NULL,
  asked_at timestamptz NOT NULL DEFAULT clock_timestamp(),
  -- When the last service had answered.
  ended_at timestamptz
);

CREATE INDEX person_exports_of ON person_exports (user_id, id);
CREATE INDEX person_exports_by_age ON person_exports (asked_at);

-- What each service answered, part by part.
CREATE TABLE person_answers (
  request_id uuid    NOT NULL REFERENCES person_exports ON DELETE CASCADE,
  service    text    NOT NULL,
  part       integer NOT NULL,
  -- Whether the service has no part after this one.
  last       boolean NOT NULL,
  facts      text[]  NOT NULL,
  PRIMARY KEY (request_id, service, part)
);
