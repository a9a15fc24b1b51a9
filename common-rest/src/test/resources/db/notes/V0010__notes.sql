CREATE TABLE notes (
  id      uuid PRIMARY KEY,
  user_id text NOT NULL,
  phone   text NOT NULL,
  UNIQUE (user_id, phone)
);
