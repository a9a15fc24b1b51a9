-- Who must not be written to: the last snapshot of campaign-service (topic suppressions).
CREATE TABLE suppressions (
  user_id text NOT NULL,
  phone   text NOT NULL,
  version bigint NOT NULL,
  deleted boolean NOT NULL,
  -- When it was decided last, to suppress or to lift, as campaign-service says.
  decided_at timestamptz,
  PRIMARY KEY (user_id, phone)
);
