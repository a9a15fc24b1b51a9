-- Which devices are, or ever were, which number, told by its fingerprint: a number is the platform's, so what it said as one
-- device binds it as the next one, whosever that is.
CREATE TABLE device_numbers (
  fingerprint bytea NOT NULL,
  device_id   uuid NOT NULL,
  since       timestamptz NOT NULL,
  PRIMARY KEY (fingerprint, device_id)
);
INSERT INTO device_numbers (fingerprint, device_id, since) SELECT fingerprint, id, created_at FROM devices;
