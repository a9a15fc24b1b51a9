-- What became of a run's messages on each device, as dispatch last told: absolute counts, the highest version.
CREATE TABLE campaign_progress (
  campaign_id uuid    NOT NULL,
  run         integer NOT NULL,
  device_id   uuid    NOT NULL,
  user_id     text    NOT NULL,
  version     bigint  NOT NULL,
  stored      bigint  NOT NULL,
  pending     bigint  NOT NULL,
  processing  bigint  NOT NULL,
  sent        bigint  NOT NULL,
  failed      bigint  NOT NULL,
  cancelled   bigint  NOT NULL,
  unknown     bigint  NOT NULL,
  delivered   bigint  NOT NULL,
  read        bigint  NOT NULL,
  PRIMARY KEY (campaign_id, run, device_id),
  CHECK (stored = pending + processing + sent + failed + cancelled + unknown)
);
