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

-- Which of a user's people are on WhatsApp, as a platform said.
CREATE TABLE checked_numbers (
  user_id     text NOT NULL,
  phone       text NOT NULL,
  on_whatsapp boolean NOT NULL,
  checked_at  timestamptz NOT NULL,
  PRIMARY KEY (user_id, phone)
);
CREATE INDEX checked_numbers_old ON checked_numbers (checked_at);

-- When a person last wrote to a device: who did lately is in its reply lane, which no cap counts or holds; everybody else is cold.
-- Kept for twice that time.
CREATE TABLE recent_inbound (
  device_id uuid NOT NULL,
  phone     text NOT NULL,
  at        timestamptz NOT NULL,
  PRIMARY KEY (device_id, phone)
) WITH (fillfactor = 80);
CREATE INDEX recent_inbound_at ON recent_inbound (at);

-- Whom a number ever wrote to, by the number and not the device, so that neither a new registration nor another device of the
-- same phone makes anybody a stranger. The number is the linked phone's where it is known, else what its platform knows it by
-- (devices.linked_number, devices.fingerprint). Written whether or not there is a cap, for a cap that may be set later.
CREATE TABLE contacted_people (
  number bytea NOT NULL,
  phone  text NOT NULL,
  since  timestamptz NOT NULL,
  PRIMARY KEY (number, phone)
);
