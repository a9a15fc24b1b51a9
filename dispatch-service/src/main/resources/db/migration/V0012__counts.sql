-- Counts of messages: differences that the triggers append, and the totals that a job folds them into. Aggregates outlive
-- the messages that they count.

-- The niche that a message is counted under: bounded, since it stands in the key of an index. A tag has at most 64 characters
-- (256 bytes); what is longer came in before there was a limit, or is a list.
CREATE FUNCTION counted_niche(niche text) RETURNS text
  LANGUAGE sql IMMUTABLE
  RETURN left(niche, 64);

-- Adds up messages by the reason for which they ended: {"expired": 2}. A difference may be negative; what comes to nothing is left
-- out. A message without a reason is not looked at, and most have none.
CREATE FUNCTION add_reason(sums jsonb, reason text, messages bigint) RETURNS jsonb
  LANGUAGE plpgsql IMMUTABLE STRICT AS $$
BEGIN
  RETURN sums || jsonb_build_object(reason, coalesce((sums ->> reason)::bigint, 0) + messages);
END $$;

CREATE FUNCTION reasons_of_some(sums jsonb) RETURNS jsonb
  LANGUAGE plpgsql IMMUTABLE AS $$
BEGIN
  -- Of an ordinary send, and of each of thousands of devices at once.
  IF sums = '{}' THEN
    RETURN sums;
  END IF;
  RETURN (SELECT coalesce(jsonb_object_agg(key, value) FILTER (WHERE value <> '0'), '{}') FROM jsonb_each(sums));
END $$;

CREATE AGGREGATE sum_of_reasons(reason text, messages bigint) (
  SFUNC = add_reason, STYPE = jsonb, INITCOND = '{}', FINALFUNC = reasons_of_some);

CREATE FUNCTION plus_reasons(one jsonb, other jsonb) RETURNS jsonb
  LANGUAGE sql IMMUTABLE
  RETURN (SELECT sum_of_reasons(key, value::bigint)
          FROM (SELECT * FROM jsonb_each_text(one) UNION ALL SELECT * FROM jsonb_each_text(other)) AS both_of_them);

-- Differences that are not yet in the counts: one row for each group of messages that one statement changed alike. A row
-- is balanced, so that folding any of them keeps stored = the sum of the statuses, and failed + cancelled = the sum of the
-- reasons.
CREATE TABLE status_deltas (
  id              bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  id_day          date NOT NULL,
  user_id         text NOT NULL,
  planned_day     date NOT NULL,
  device_id       uuid NOT NULL,
  kind            text NOT NULL,
  campaign_id     uuid,
  run             int NOT NULL,
  sequence_id     uuid,
  sequence_stepid uuid,
  niche           text,
  pending         bigint NOT NULL,
  processing      bigint NOT NULL,
  sent            bigint NOT NULL,
  failed          bigint NOT NULL,
  cancelled       bigint NOT NULL,
  unknown         bigint NOT NULL,
  delivered       bigint NOT NULL,
  read            bigint NOT NULL,
  -- Of the planned day, in the time zone of the messages.
  planned_hour    smallint NOT NULL DEFAULT 0,
  -- How many more ended for which reason.
  reasons         jsonb NOT NULL DEFAULT '{}'
)
-- Every row is folded and deleted within seconds.
WITH (autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 5000, autovacuum_vacuum_cost_delay = 0);

-- Differences that the database refuses to fold, with the reason. The counts lack them until somebody mends the cause and
-- moves them back: see docs/architecture.md.
CREATE TABLE set_aside_deltas (
  LIKE status_deltas,
  reason       text NOT NULL,
  set_aside_at timestamptz NOT NULL DEFAULT clock_timestamp(),
  PRIMARY KEY (id)
);

-- What campaign-progress tells: absolute counts. Test and direct messages are in none of them.
CREATE TABLE campaign_counts (
  campaign_id uuid NOT NULL,
  run         int NOT NULL,
  device_id   uuid NOT NULL,
  user_id     text NOT NULL,
  version     bigint NOT NULL DEFAULT 1,
  pending     bigint NOT NULL,
  processing  bigint NOT NULL,
  sent        bigint NOT NULL,
  failed      bigint NOT NULL,
  cancelled   bigint NOT NULL,
  unknown     bigint NOT NULL,
  delivered   bigint NOT NULL,
  read        bigint NOT NULL,
  reasons     jsonb NOT NULL DEFAULT '{}',
  stored      bigint GENERATED ALWAYS AS (pending + processing + sent + failed + cancelled + unknown) STORED,
  PRIMARY KEY (campaign_id, run, device_id)
)
-- Rows that many folds change: a version that fits into the page of the one before touches no index.
WITH (fillfactor = 50);

-- What each device has, of every kind of message. A tenant asks for all of its own at once: whose they are comes first in the key.
CREATE TABLE device_counts (
  device_id  uuid NOT NULL,
  user_id    text NOT NULL,
  pending    bigint NOT NULL,
  processing bigint NOT NULL,
  sent       bigint NOT NULL,
  failed     bigint NOT NULL,
  cancelled  bigint NOT NULL,
  unknown    bigint NOT NULL,
  PRIMARY KEY (user_id, device_id)
)
WITH (fillfactor = 50);

-- What reports read: what became of the messages of each planned day, device, campaign or step, and niche.
CREATE TABLE message_counts (
  id_day          date NOT NULL,
  user_id         text NOT NULL,
  planned_day     date NOT NULL,
  device_id       uuid NOT NULL,
  kind            text NOT NULL,
  campaign_id     uuid,
  run             int NOT NULL,
  sequence_id     uuid,
  sequence_stepid uuid,
  niche           text,
  pending         bigint NOT NULL,
  processing      bigint NOT NULL,
  sent            bigint NOT NULL,
  failed          bigint NOT NULL,
  cancelled       bigint NOT NULL,
  unknown         bigint NOT NULL,
  delivered       bigint NOT NULL,
  read            bigint NOT NULL,
  stored          bigint GENERATED ALWAYS AS (pending + processing + sent + failed + cancelled + unknown) STORED,
  UNIQUE NULLS NOT DISTINCT
    (id_day, user_id, device_id, planned_day, kind, campaign_id, run, sequence_id, sequence_stepid, niche)
)
-- The counts of today change every second.
WITH (fillfactor = 50);

CREATE INDEX message_counts_of_user ON message_counts (user_id, planned_day);

-- The same by hour, without devices: as many rows as hours in which a campaign or a step has messages, however many devices send them.
CREATE TABLE hour_counts (
  user_id         text NOT NULL,
  planned_day     date NOT NULL,
  planned_hour    smallint NOT NULL,
  kind            text NOT NULL,
  campaign_id     uuid,
  sequence_id     uuid,
  sequence_stepid uuid,
  niche           text,
  pending         bigint NOT NULL,
  processing      bigint NOT NULL,
  sent            bigint NOT NULL,
  failed          bigint NOT NULL,
  cancelled       bigint NOT NULL,
  unknown         bigint NOT NULL,
  delivered       bigint NOT NULL,
  read            bigint NOT NULL,
  UNIQUE NULLS NOT DISTINCT (user_id, planned_day, planned_hour, kind, campaign_id, sequence_id, sequence_stepid, niche)
)
WITH (fillfactor = 50);

-- Who sends most today.
CREATE INDEX hour_counts_of_day ON hour_counts (planned_day);

-- The same of each device by month: what a report by device reads of a year.
CREATE TABLE device_months (
  user_id    text NOT NULL,
  -- Its first day.
  month      date NOT NULL,
  device_id  uuid NOT NULL,
  kind       text NOT NULL,
  pending    bigint NOT NULL,
  processing bigint NOT NULL,
  sent       bigint NOT NULL,
  failed     bigint NOT NULL,
  cancelled  bigint NOT NULL,
  unknown    bigint NOT NULL,
  delivered  bigint NOT NULL,
  read       bigint NOT NULL,
  PRIMARY KEY (user_id, month, device_id, kind)
)
WITH (fillfactor = 50);

-- How many messages ended for which reason. What is sent has none.
CREATE TABLE reason_counts (
  user_id     text NOT NULL,
  planned_day date NOT NULL,
  kind        text NOT NULL,
  campaign_id uuid,
  sequence_id uuid,
  reason      text NOT NULL,
  messages    bigint NOT NULL,
  UNIQUE NULLS NOT DISTINCT (user_id, planned_day, kind, campaign_id, sequence_id, reason)
)
WITH (fillfactor = 50);

-- Which message a person answered, by a reply or by opting out: each message once. For so long as events are kept.
CREATE TABLE answers (
  message_id uuid NOT NULL,
  what       text NOT NULL CHECK (what IN ('replied', 'opted_out')),
  at         timestamptz NOT NULL,
  PRIMARY KEY (message_id, what)
);

CREATE INDEX answers_by_age ON answers (at);

-- How many messages were answered, grouped as their statuses are. Counted at once: people answer seldom beside what is sent.
CREATE TABLE answer_counts (
  user_id         text NOT NULL,
  planned_day     date NOT NULL,
  planned_hour    smallint NOT NULL,
  device_id       uuid NOT NULL,
  kind            text NOT NULL,
  campaign_id     uuid,
  sequence_id     uuid,
  sequence_stepid uuid,
  niche           text,
  replied         bigint NOT NULL,
  opted_out       bigint NOT NULL,
  UNIQUE NULLS NOT DISTINCT
    (user_id, planned_day, planned_hour, device_id, kind, campaign_id, sequence_id, sequence_stepid, niche)
);

-- The same as hour_counts groups.
CREATE TABLE answer_hours (
  user_id         text NOT NULL,
  planned_day     date NOT NULL,
  planned_hour    smallint NOT NULL,
  kind            text NOT NULL,
  campaign_id     uuid,
  sequence_id     uuid,
  sequence_stepid uuid,
  niche           text,
  replied         bigint NOT NULL,
  opted_out       bigint NOT NULL,
  UNIQUE NULLS NOT DISTINCT (user_id, planned_day, planned_hour, kind, campaign_id, sequence_id, sequence_stepid, niche)
)
WITH (fillfactor = 50);

-- The same as device_months groups.
CREATE TABLE answer_months (
  user_id   text NOT NULL,
  month     date NOT NULL,
  device_id uuid NOT NULL,
  kind      text NOT NULL,
  replied   bigint NOT NULL,
  opted_out bigint NOT NULL,
  PRIMARY KEY (user_id, month, device_id, kind)
)
WITH (fillfactor = 50);

-- The second of the database's clock in which the counts were folded last: so campaigns hear of their progress at most once a
-- second, however many replicas fold. One row.
CREATE TABLE last_fold (
  only_one  boolean PRIMARY KEY DEFAULT true CHECK (only_one),
  folded_in timestamptz NOT NULL DEFAULT '-infinity'
);
INSERT INTO last_fold DEFAULT VALUES;

-- Where the check of the counts stands: the id_day that it did last. One row.
CREATE TABLE count_check (
  only_one boolean PRIMARY KEY DEFAULT true CHECK (only_one),
  last_day date NOT NULL DEFAULT '1970-01-01'
);
INSERT INTO count_check DEFAULT VALUES;
