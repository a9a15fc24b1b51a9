-- Counts for reports: what became of the messages of each planned day, device, campaign or step, and niche. Aggregates
-- outlive the messages that they count.

-- The UTC day that the id of a message begins with. Unlike any other time of a message it never changes and is a range
-- of the primary key: it finds the rows that a count counts, and leaves with them when a month of messages is dropped.
CREATE FUNCTION id_day(id uuid) RETURNS date
  LANGUAGE sql IMMUTABLE
  RETURN date '1970-01-01'
    + (('x' || encode(substr(uuid_send(id), 1, 6), 'hex'))::bit(48)::bigint / 86400000)::int;

-- The least id of a day.
CREATE FUNCTION first_id(day date) RETURNS uuid
  LANGUAGE sql IMMUTABLE
  RETURN rpad(lpad(to_hex((day - date '1970-01-01')::bigint * 86400000), 12, '0'), 32, '0')::uuid;

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

INSERT INTO message_counts (id_day, user_id, planned_day, device_id, kind, campaign_id, run, sequence_id, sequence_stepid,
                            niche, pending, processing, sent, failed, cancelled, unknown, delivered, read)
SELECT id_day(id), user_id, planned_day, device_id, kind, campaign_id, run, sequence_id, sequence_stepid, niche,
       count(*) FILTER (WHERE status = 'pending'), count(*) FILTER (WHERE status = 'processing'),
       count(*) FILTER (WHERE status = 'sent'), count(*) FILTER (WHERE status = 'failed'),
       count(*) FILTER (WHERE status = 'cancelled'), count(*) FILTER (WHERE status = 'unknown'),
       count(delivered_at), count(read_at)
FROM broadcast_messages
GROUP BY id_day(id), user_id, planned_day, device_id, kind, campaign_id, run, sequence_id, sequence_stepid, niche;

-- Null in a difference that is older than message_counts: the rows above have it already.
ALTER TABLE status_deltas ADD COLUMN id_day date, ADD COLUMN niche text;

CREATE OR REPLACE FUNCTION tell_of_new_messages() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO status_deltas (id_day, user_id, planned_day, device_id, kind, campaign_id, run, sequence_id, sequence_stepid,
                             niche, pending, processing, sent, failed, cancelled, unknown, delivered, read)
  SELECT id_day(id), user_id, planned_day, device_id, kind, campaign_id, run, sequence_id, sequence_stepid, niche,
         count(*) FILTER (WHERE status = 'pending'), count(*) FILTER (WHERE status = 'processing'),
         count(*) FILTER (WHERE status = 'sent'), count(*) FILTER (WHERE status = 'failed'),
         count(*) FILTER (WHERE status = 'cancelled'), count(*) FILTER (WHERE status = 'unknown'),
         count(delivered_at), count(read_at)
  FROM new_rows
  GROUP BY id_day(id), user_id, planned_day, device_id, kind, campaign_id, run, sequence_id, sequence_stepid, niche;

  INSERT INTO outbox (topic, key, payload)
  SELECT 'message-status', n.device_id, message_status(n)
  FROM (SELECT * FROM new_rows WHERE status NOT IN ('pending', 'processing')) AS n;
  RETURN NULL;
END $$;

CREATE OR REPLACE FUNCTION tell_of_changed_messages() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO status_deltas (id_day, user_id, planned_day, device_id, kind, campaign_id, run, sequence_id, sequence_stepid,
                             niche, pending, processing, sent, failed, cancelled, unknown, delivered, read)
  SELECT * FROM (
    SELECT id_day(id), user_id, planned_day, device_id, kind, campaign_id, run, sequence_id, sequence_stepid, niche,
           coalesce(sum(n) FILTER (WHERE status = 'pending'), 0) AS pending,
           coalesce(sum(n) FILTER (WHERE status = 'processing'), 0) AS processing,
           coalesce(sum(n) FILTER (WHERE status = 'sent'), 0) AS sent,
           coalesce(sum(n) FILTER (WHERE status = 'failed'), 0) AS failed,
           coalesce(sum(n) FILTER (WHERE status = 'cancelled'), 0) AS cancelled,
           coalesce(sum(n) FILTER (WHERE status = 'unknown'), 0) AS unknown,
           coalesce(sum(n) FILTER (WHERE delivered_at IS NOT NULL), 0) AS delivered,
           coalesce(sum(n) FILTER (WHERE read_at IS NOT NULL), 0) AS read
    FROM (SELECT -1 AS n, * FROM old_rows UNION ALL SELECT 1 AS n, * FROM new_rows) AS signed
    GROUP BY id_day(id), user_id, planned_day, device_id, kind, campaign_id, run, sequence_id, sequence_stepid, niche
  ) AS d
  WHERE (pending, processing, sent, failed, cancelled, unknown, delivered, read) <> (0, 0, 0, 0, 0, 0, 0, 0);

  INSERT INTO outbox (topic, key, payload)
  SELECT 'message-status', n.device_id, message_status(n)
  FROM new_rows AS n JOIN old_rows AS o USING (id)
  WHERE n.status NOT IN ('pending', 'processing')
    AND (n.status, n.delivered_at, n.read_at) IS DISTINCT FROM (o.status, o.delivered_at, o.read_at);
  RETURN NULL;
END $$;
