-- How far the audience of a campaign's run was published. Whoever holds the lease publishes; the next one goes on at the cursor.
CREATE TABLE fanouts (
  campaign_id uuid        NOT NULL REFERENCES campaigns,
  run         integer     NOT NULL,
  user_id     text        NOT NULL,
  -- The last lead whose page was acknowledged; null before the first.
  cursor      uuid,
  published   bigint      NOT NULL DEFAULT 0,
  -- New with every lease, so that an earlier holder who wakes up late moves nothing. Without one, lease_until is when a
  -- fan-out that failed is tried again.
  lease       uuid,
  lease_until timestamptz,
  -- How often in a row it failed since its cursor moved last.
  failures    integer     NOT NULL DEFAULT 0,
  -- How often the whole was published again because too little of it was stored. A repetition counts nothing anew.
  repeats     integer     NOT NULL DEFAULT 0,
  -- The audience of the run are the leads that existed then.
  started_at  timestamptz NOT NULL DEFAULT clock_timestamp(),
  -- Since when it waits for its turn: an edit and a repetition have the audience of the beginning, and not its place in the line.
  opened_at   timestamptz NOT NULL DEFAULT clock_timestamp(),
  ended_at    timestamptz,
  -- When the last message was expected to be sent, as reckoned when the whole audience was published.
  expected_end timestamptz,
  PRIMARY KEY (campaign_id, run),
  CHECK (lease IS NULL OR lease_until IS NOT NULL),
  CHECK (ended_at IS NULL OR lease IS NULL)
);

-- How often leads of a user got another phone: a page of an audience that was read before is read again. Who has a fan-out has a row.
CREATE TABLE phone_changes (
  user_id text   PRIMARY KEY,
  changes bigint NOT NULL
);

CREATE INDEX fanouts_open ON fanouts (opened_at) WHERE ended_at IS NULL;
CREATE INDEX fanouts_open_of_user ON fanouts (user_id, opened_at) WHERE ended_at IS NULL;
-- The runs that a reply may answer.
CREATE INDEX fanouts_by_time ON fanouts (user_id, started_at);
CREATE INDEX fanouts_leased ON fanouts (user_id) WHERE lease IS NOT NULL;

-- Fan-outs that have work and that nobody works on. A campaign that leaves out devices that are not online judges them at its
-- time, not up to 10 minutes before it.
CREATE VIEW fanouts_in_line AS
SELECT f.campaign_id, f.run, f.user_id, f.opened_at
  FROM fanouts f
  JOIN campaigns c ON c.id = f.campaign_id AND c.run = f.run AND c.status = 'triggered'
 WHERE f.ended_at IS NULL
   AND (f.lease_until IS NULL OR f.lease_until < clock_timestamp())
   AND (c.offline_devices <> 'skip' OR c.scheduled_at <= clock_timestamp());

CREATE TABLE fanout_devices (
  campaign_id uuid    NOT NULL,
  run         integer NOT NULL,
  device_id   uuid    NOT NULL,
  published   bigint  NOT NULL,
  PRIMARY KEY (campaign_id, run, device_id),
  FOREIGN KEY (campaign_id, run) REFERENCES fanouts
);

-- How many leads of each device were left out, by the reason.
CREATE TABLE fanout_exclusions (
  campaign_id uuid    NOT NULL,
  run         integer NOT NULL,
  device_id   uuid    NOT NULL,
  reason      text    NOT NULL,
  leads       bigint  NOT NULL,
  PRIMARY KEY (campaign_id, run, device_id, reason),
  FOREIGN KEY (campaign_id, run) REFERENCES fanouts
);

-- Which leads a run has reached (duplicate_phones: once), noted before their messages are published: leads change while a
-- fan-out is under way, so nothing but this tells to whom an earlier page has gone. In pieces of at most 100 leads in the
-- order of their ids, which do not overlap; a piece goes up to the id that was its last lead. Whose message was taken back has
-- left its piece. A row for each lead and phone cost more than the message itself (docs/adr/0036). The run is the first one of
-- the plan (campaigns.planned_run).
CREATE TABLE fanout_reached (
  campaign_id uuid    NOT NULL,
  run         integer NOT NULL,
  last_lead   uuid    NOT NULL,
  leads       uuid[]  NOT NULL CHECK (cardinality(leads) <= 100),
  PRIMARY KEY (campaign_id, run, last_lead)
);

-- Through which lead a run reaches a phone, where the phones of leads do not tell: it belonged to a lead that was reached, or
-- belongs to two of them, because one was corrected since. Read by run_reaches (R__run-reaches.sql).
CREATE TABLE fanout_phones (
  campaign_id uuid    NOT NULL,
  run         integer NOT NULL,
  phone       text    NOT NULL,
  lead_id     uuid    NOT NULL,
  PRIMARY KEY (campaign_id, run, phone)
);

-- Leads whose message was taken back: they got a phone that the run reaches through another lead. For the question why and
-- the warning of who changes the phone once more; the count of the message itself is dispatch's.
CREATE TABLE fanout_withdrawals (
  campaign_id uuid        NOT NULL,
  run         integer     NOT NULL,
  lead_id     uuid        NOT NULL,
  taken_back_at timestamptz NOT NULL DEFAULT clock_timestamp(),
  PRIMARY KEY (campaign_id, run, lead_id),
  FOREIGN KEY (campaign_id, run) REFERENCES fanouts
);

-- Leads whose row could not be made into a message: put aside with the reason, so that the rest of the page goes on.
CREATE TABLE fanout_rejects (
  campaign_id uuid        NOT NULL,
  run         integer     NOT NULL,
  lead_id     uuid        NOT NULL,
  reason      text        NOT NULL,
  put_aside_at timestamptz NOT NULL DEFAULT clock_timestamp(),
  PRIMARY KEY (campaign_id, run, lead_id),
  FOREIGN KEY (campaign_id, run) REFERENCES fanouts
);

-- Campaigns that a look of the clock (trigger, turn, complete) could not move, with the reason: the looks leave them alone until
-- again_at, longer after each failure, so that they neither fill the log nor stand before others.
CREATE TABLE campaign_setbacks (
  campaign_id  uuid        NOT NULL,
  batch        text        NOT NULL,
  failures     integer     NOT NULL,
  reason       text        NOT NULL,
  put_aside_at timestamptz NOT NULL,
  again_at     timestamptz NOT NULL,
  PRIMARY KEY (campaign_id, batch)
);

-- What became of a run's messages on each device, as dispatch last announced: absolute counts, the highest version.
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
  -- How many of those that failed or were cancelled did so for which reason.
  reasons     jsonb   NOT NULL DEFAULT '{}',
  PRIMARY KEY (campaign_id, run, device_id),
  CHECK (stored = pending + processing + sent + failed + cancelled + unknown)
);

-- What of campaigns waits on a device, for the forecast of the next one.
CREATE INDEX campaign_progress_open ON campaign_progress (device_id) WHERE pending + processing > 0;

-- Who wrote to the device of a run after it; a reply is one of the latest campaign only.
CREATE TABLE campaign_replies (
  campaign_id uuid        NOT NULL,
  run         integer     NOT NULL,
  phone       text        NOT NULL,
  device_id   uuid        NOT NULL,
  replied_at  timestamptz NOT NULL,
  PRIMARY KEY (campaign_id, run, phone)
);

CREATE INDEX campaign_replies_of_person ON campaign_replies (phone);

-- Replies that may be of a run of which it is not known yet that it reached the person: a phone may answer within a second, before the
-- news that it was written to is here. Kept for some minutes, and looked at again.
CREATE TABLE early_replies (
  user_id     text        NOT NULL,
  device_id   uuid        NOT NULL,
  phone       text        NOT NULL,
  replied_at  timestamptz NOT NULL,
  heard_at    timestamptz NOT NULL,
  look_at     timestamptz NOT NULL,
  -- The run that counts if no later one does; null: none.
  campaign_id uuid,
  run         integer,
  PRIMARY KEY (user_id, device_id, phone, replied_at),
  CHECK ((campaign_id IS NULL) = (run IS NULL))
)
-- Every row is gone within minutes, and each look is a row.
WITH (autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 5000, autovacuum_vacuum_cost_delay = 0);

CREATE INDEX early_replies_due ON early_replies (look_at);

-- What became known in each hour: the differences of the absolute counts, so that their sum is the count.
CREATE TABLE run_hours (
  campaign_id uuid        NOT NULL,
  run         integer     NOT NULL,
  hour        timestamptz NOT NULL,
  sent        bigint      NOT NULL,
  failed      bigint      NOT NULL,
  PRIMARY KEY (campaign_id, run, hour)
);

-- The sums of a run over its devices, kept by whoever takes in counts, so that nobody adds them up to find what has ended.
CREATE TABLE run_progress (
  campaign_id uuid        NOT NULL,
  run         integer     NOT NULL,
  stored      bigint      NOT NULL DEFAULT 0,
  pending     bigint      NOT NULL DEFAULT 0,
  processing  bigint      NOT NULL DEFAULT 0,
  sent        bigint      NOT NULL DEFAULT 0,
  unknown     bigint      NOT NULL DEFAULT 0,
  -- When stored rose last: a run whose messages still come in is not published again.
  stored_at   timestamptz NOT NULL DEFAULT clock_timestamp(),
  -- Whether somebody is to look if the run has ended.
  changed     boolean     NOT NULL DEFAULT true,
  PRIMARY KEY (campaign_id, run)
);

-- Of which something waits: the runs under way, and those of campaigns that have ended and of which messages are tried again.
CREATE INDEX run_progress_open ON run_progress (campaign_id, run) WHERE pending + processing > 0;
-- That they are few: without it PostgreSQL takes them for a third of all, and whoever looks for theirs reads every campaign.
CREATE STATISTICS run_progress_waiting ON (pending + processing) FROM run_progress;
CREATE INDEX run_progress_changed ON run_progress (campaign_id, run) WHERE changed;
