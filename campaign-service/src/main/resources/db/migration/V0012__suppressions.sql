-- Persons who must not be written to by any device of the user. Rows stay when lifted, so that the version goes on.
CREATE TABLE suppressions (
  user_id text    NOT NULL,
  phone   text    NOT NULL CHECK (phone ~ '^[1-9][0-9]{6,14}$'),
  reason  text    NOT NULL,
  version bigint  NOT NULL CHECK (version >= 1),
  deleted boolean NOT NULL DEFAULT false,
  PRIMARY KEY (user_id, phone)
);
