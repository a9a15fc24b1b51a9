-- When a person last wrote to a device: who did lately is in its reply lane, which no cap counts or holds; everybody else is cold.
-- Kept for twice that time.
CREATE TABLE recent_inbound (
  device_id uuid NOT NULL,
  phone     text NOT NULL,
  at        timestamptz NOT NULL,
  PRIMARY KEY (device_id, phone)
) WITH (fillfactor = 80);
CREATE INDEX recent_inbound_at ON recent_inbound (at);
