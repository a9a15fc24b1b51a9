-- What the other services told last: leads, devices, suppressions. A lower or equal version never overwrites; what was
-- deleted stays as a row, so that a late older snapshot cannot bring it back.
CREATE TABLE leads (
  id            uuid    PRIMARY KEY,
  user_id       text    NOT NULL,
  device_id     uuid    NOT NULL,
  phone         text    NOT NULL,
  name          text,
  -- As its owner wrote it, and its tags one by one in lower case.
  niche         text,
  niches        text[]  NOT NULL,
  target_status text    NOT NULL,
  version       bigint  NOT NULL,
  deleted       boolean NOT NULL
);

CREATE INDEX leads_of_person ON leads (user_id, phone);

CREATE TABLE lead_triggers (
  lead_id    uuid   NOT NULL,
  user_id    text   NOT NULL,
  trigger    text   NOT NULL,
  assignment bigint NOT NULL,
  PRIMARY KEY (lead_id, trigger)
);

CREATE INDEX lead_triggers_by_token ON lead_triggers (user_id, trigger, lead_id);

CREATE TABLE devices (
  id        uuid    PRIMARY KEY,
  user_id   text    NOT NULL,
  status    text    NOT NULL,
  time_zone text,
  version   bigint  NOT NULL,
  deleted   boolean NOT NULL
);

CREATE TABLE suppressions (
  user_id text    NOT NULL,
  phone   text    NOT NULL,
  version bigint  NOT NULL,
  deleted boolean NOT NULL,
  PRIMARY KEY (user_id, phone)
);

-- Leads about whom something changed that may let them into a sequence or out of one. Written in the transaction of the
-- change, deleted in the transaction of the review. The key makes whoever marks a lead under review wait for that
-- review's end, so a change is never overlooked and a lead is never reviewed twice at once.
CREATE TABLE lead_reviews (
  lead_id   uuid        PRIMARY KEY,
  marked_at timestamptz NOT NULL DEFAULT clock_timestamp()
)
WITH (autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 5000);

CREATE INDEX lead_reviews_oldest ON lead_reviews (marked_at);
