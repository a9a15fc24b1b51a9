-- The newest snapshots of other services: leads, devices, suppressions. A lower or equal version never overwrites; what was
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
  -- Texts by name, which travel with the message.
  attributes    jsonb   NOT NULL,
  version       bigint  NOT NULL,
  deleted       boolean NOT NULL
);

CREATE INDEX leads_of_person ON leads (user_id, phone);
-- Of a user or a device the leads one after the other: what concerns very many of them is done in pages.
CREATE INDEX leads_of_user ON leads (user_id, id);
CREATE INDEX leads_of_device ON leads (device_id, id);

CREATE TABLE lead_triggers (
  lead_id    uuid   NOT NULL,
  user_id    text   NOT NULL,
  trigger    text   NOT NULL,
  assignment bigint NOT NULL,
  PRIMARY KEY (lead_id, trigger)
);

CREATE INDEX lead_triggers_by_trigger ON lead_triggers (user_id, trigger, lead_id);

CREATE TABLE devices (
  id        uuid    PRIMARY KEY,
  user_id   text    NOT NULL,
  status    text    NOT NULL,
  time_zone text,
  version   bigint  NOT NULL,
  deleted   boolean NOT NULL,
  -- Since when it is known to be deleted, and the last lead that was put up for review because it stayed there, by ids; null: all were.
  deleted_at      timestamptz,
  leads_marked_to uuid    DEFAULT '00000000-0000-0000-0000-000000000000',
  CHECK (deleted = (deleted_at IS NOT NULL))
);

CREATE INDEX devices_gone ON devices (deleted_at) WHERE deleted AND leads_marked_to IS NOT NULL;

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
  lead_id  uuid        PRIMARY KEY,
  -- Whose lead it is: users take turns.
  user_id  text        NOT NULL,
  -- Who comes before whom (ReviewRank): 1 is inside a sequence and may have to leave, 2 changed and may enter, 3 is one of many at once,
  -- by an activation or a request.
  rank     integer     NOT NULL CHECK (rank BETWEEN 1 AND 3),
  due_at   timestamptz NOT NULL DEFAULT clock_timestamp(),
  -- A review that fails by its own data is set aside: it is due again later, or as soon as the lead changes.
  failures integer     NOT NULL DEFAULT 0,
  failure  text
)
WITH (autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 5000);

CREATE INDEX lead_reviews_due ON lead_reviews (rank, user_id, due_at);
