-- Which of a user's people are on WhatsApp, as a platform said.
CREATE TABLE checked_numbers (
  user_id     text NOT NULL,
  phone       text NOT NULL,
  on_whatsapp boolean NOT NULL,
  checked_at  timestamptz NOT NULL,
  PRIMARY KEY (user_id, phone)
);
CREATE INDEX checked_numbers_old ON checked_numbers (checked_at);
