-- Who must not be written to: what campaign-service said last (topic suppressions).
CREATE TABLE suppressions (
  user_id text NOT NULL,
  phone   text NOT NULL,
  version bigint NOT NULL,
  deleted boolean NOT NULL,
  PRIMARY KEY (user_id, phone)
);
