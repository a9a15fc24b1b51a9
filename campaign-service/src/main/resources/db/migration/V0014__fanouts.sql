-- How far the audience of a campaign's run was published. Whoever holds the lease publishes; the next one goes on at the cursor.
CREATE TABLE fanouts (
  campaign_id uuid        NOT NULL REFERENCES campaigns,
  run         integer     NOT NULL,
  -- The last lead whose page was acknowledged; null before the first.
  cursor      uuid,
  published   bigint      NOT NULL DEFAULT 0,
  -- New with every lease, so that an earlier holder who wakes up late moves nothing.
  lease       uuid,
  lease_until timestamptz,
  -- How often the whole was published again because too little of it was stored.
  repeats     integer     NOT NULL DEFAULT 0,
  started_at  timestamptz NOT NULL DEFAULT clock_timestamp(),
  ended_at    timestamptz,
  PRIMARY KEY (campaign_id, run),
  CHECK ((lease IS NULL) = (lease_until IS NULL)),
  CHECK (ended_at IS NULL OR lease IS NULL)
);

CREATE INDEX fanouts_open ON fanouts (started_at) WHERE ended_at IS NULL;

CREATE TABLE fanout_devices (
  campaign_id uuid    NOT NULL,
  run         integer NOT NULL,
  device_id   uuid    NOT NULL,
  published   bigint  NOT NULL,
  -- Leads left out because their device was not online (offline_devices: skip).
  skipped     bigint  NOT NULL,
  PRIMARY KEY (campaign_id, run, device_id),
  FOREIGN KEY (campaign_id, run) REFERENCES fanouts
);
