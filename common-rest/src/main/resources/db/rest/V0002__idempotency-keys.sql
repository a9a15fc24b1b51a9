-- Answers to POSTs that carried an Idempotency-Key, kept 24 hours for their replays.
-- A row is written in the transaction of the write it answers, so one never exists without the other.
CREATE TABLE idempotency_keys (
  user_id text        NOT NULL,
  method  text        NOT NULL,
  path    text        NOT NULL,
  key     text        NOT NULL CHECK (length(key) BETWEEN 1 AND 255),
  answer  text        NOT NULL, -- JSON: request_hash, status, location, body
  kept_at timestamptz NOT NULL DEFAULT clock_timestamp(),
  PRIMARY KEY (user_id, method, path, key)
);

CREATE INDEX idempotency_keys_kept_at ON idempotency_keys (kept_at);
