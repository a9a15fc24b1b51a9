-- The numbers that may speak. Written through Hibernate only; the lanes read it inside their turn.
CREATE TABLE devices (
  id            uuid PRIMARY KEY,
  user_id       text NOT NULL,
  name          text NOT NULL,
  phone         text,
  platform      text NOT NULL CHECK (platform IN ('wablas')),
  base_url      text NOT NULL,
  -- AES-GCM; the key is configuration and never in the database.
  credential    bytea NOT NULL,
  -- Keyed hash of platform, base_url and credential: tells equal ones without decrypting any.
  fingerprint   bytea NOT NULL,
  status        text NOT NULL CHECK (status IN ('online', 'offline', 'paused', 'banned')),
  status_since  timestamptz NOT NULL,
  status_reason text,
  last_seen     timestamptz,
  min_delay     integer,
  max_delay     integer,
  time_zone     text NOT NULL,
  anti_spam     text NOT NULL CHECK (anti_spam IN ('full', 'greeting', 'off')),
  next_check_at timestamptz NOT NULL,
  version       bigint NOT NULL,
  deleted       boolean NOT NULL DEFAULT false,
  created_at    timestamptz NOT NULL,
  CHECK ((min_delay IS NULL) = (max_delay IS NULL)),
  CHECK (min_delay IS NULL OR (0 <= min_delay AND min_delay <= max_delay AND max_delay <= 3600)),
  CHECK ((status = 'online') = (status_reason IS NULL))
);

-- One number is one device, across users.
CREATE UNIQUE INDEX devices_fingerprint ON devices (fingerprint) WHERE NOT deleted;
CREATE INDEX devices_user ON devices (user_id, id) WHERE NOT deleted;
CREATE INDEX devices_next_check ON devices (next_check_at) WHERE NOT deleted AND status <> 'paused';
