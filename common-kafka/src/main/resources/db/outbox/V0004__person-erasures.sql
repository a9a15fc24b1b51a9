-- Whom this service was asked to erase. A request waits while something of the person is under way, also over a restart; when it
-- is done nothing of the person stands here, and the row only keeps a record that is told again from being taken for another.
CREATE TABLE person_erasures (
  request_id uuid        NOT NULL,
  wish       text        NOT NULL CHECK (wish IN ('erase', 'forget')),
  user_id    text        NOT NULL,
  phone      text,
  leads      uuid[],
  asked_at   timestamptz NOT NULL DEFAULT clock_timestamp(),
  -- Not looked at before: somebody looks now, or something was under way, or the erasure failed.
  due_at     timestamptz NOT NULL DEFAULT clock_timestamp(),
  done_at    timestamptz,
  PRIMARY KEY (request_id, wish),
  CHECK ((phone IS NULL) = (done_at IS NOT NULL) AND (leads IS NULL) = (done_at IS NOT NULL))
);

CREATE INDEX person_erasures_due ON person_erasures (due_at) WHERE done_at IS NULL;
