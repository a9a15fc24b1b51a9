-- What follows from a change of a message, whoever changes it: its version rises, the counts learn of it, and those who
-- must know are told. Here and not in the statements that change rows, so that none of them can forget.

-- Differences that are not yet in the counts: one row for each group of messages that one statement changed alike. A row
-- is balanced, so that folding any of them keeps stored = the sum of the statuses.
CREATE TABLE status_deltas (
  id              bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  user_id         text NOT NULL,
  planned_day     date NOT NULL,
  device_id       uuid NOT NULL,
  kind            text NOT NULL,
  campaign_id     uuid,
  run             int NOT NULL,
  sequence_id     uuid,
  sequence_stepid uuid,
  pending         bigint NOT NULL,
  processing      bigint NOT NULL,
  sent            bigint NOT NULL,
  failed          bigint NOT NULL,
  cancelled       bigint NOT NULL,
  unknown         bigint NOT NULL,
  delivered       bigint NOT NULL,
  read            bigint NOT NULL
)
-- Every row is folded and deleted within seconds.
WITH (autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 5000, autovacuum_vacuum_cost_delay = 0);

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
  stored      bigint GENERATED ALWAYS AS (pending + processing + sent + failed + cancelled + unknown) STORED,
  PRIMARY KEY (campaign_id, run, device_id)
);

-- What each device has, of every kind of message.
CREATE TABLE device_counts (
  device_id  uuid NOT NULL,
  user_id    text NOT NULL,
  pending    bigint NOT NULL,
  processing bigint NOT NULL,
  sent       bigint NOT NULL,
  failed     bigint NOT NULL,
  cancelled  bigint NOT NULL,
  unknown    bigint NOT NULL,
  PRIMARY KEY (device_id, user_id)
);

-- As Json writes an Instant.
CREATE FUNCTION rfc3339(moment timestamptz) RETURNS text
  LANGUAGE sql STABLE
  RETURN to_char(moment AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"');

-- The record MessageStatus of common-model.
CREATE FUNCTION message_status(m broadcast_messages) RETURNS text
  LANGUAGE sql STABLE
  RETURN json_build_object(
    'message_id', m.id, 'version', m.version, 'status', m.status, 'kind', m.kind,
    'user_id', m.user_id, 'device_id', m.device_id, 'lead_id', m.lead_id,
    'campaign_id', m.campaign_id, 'run', m.run, 'sequence_id', m.sequence_id,
    'sequence_stepid', m.sequence_stepid, 'contact_id', m.contact_id,
    'try_no', m.try_no, 'attempts', m.attempts, 'failure_reason', m.failure_reason,
    'sent_at', rfc3339(m.sent_at), 'delivered_at', rfc3339(m.delivered_at), 'read_at', rfc3339(m.read_at),
    'occurred_at', rfc3339(clock_timestamp()))::text;

CREATE FUNCTION raise_version() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  NEW.version := OLD.version + 1;
  RETURN NEW;
END $$;

CREATE FUNCTION tell_of_new_messages() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO status_deltas (user_id, planned_day, device_id, kind, campaign_id, run, sequence_id, sequence_stepid,
                             pending, processing, sent, failed, cancelled, unknown, delivered, read)
  SELECT user_id, planned_day, device_id, kind, campaign_id, run, sequence_id, sequence_stepid,
         count(*) FILTER (WHERE status = 'pending'), count(*) FILTER (WHERE status = 'processing'),
         count(*) FILTER (WHERE status = 'sent'), count(*) FILTER (WHERE status = 'failed'),
         count(*) FILTER (WHERE status = 'cancelled'), count(*) FILTER (WHERE status = 'unknown'),
         count(delivered_at), count(read_at)
  FROM new_rows
  GROUP BY user_id, planned_day, device_id, kind, campaign_id, run, sequence_id, sequence_stepid;

  INSERT INTO outbox (topic, key, payload)
  SELECT 'message-status', n.device_id, message_status(n)
  FROM (SELECT * FROM new_rows WHERE status NOT IN ('pending', 'processing')) AS n;
  RETURN NULL;
END $$;

-- Old rows count -1 and new ones +1: whatever changed, status or device, the groups that stayed the same cancel out.
CREATE FUNCTION tell_of_changed_messages() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO status_deltas (user_id, planned_day, device_id, kind, campaign_id, run, sequence_id, sequence_stepid,
                             pending, processing, sent, failed, cancelled, unknown, delivered, read)
  SELECT * FROM (
    SELECT user_id, planned_day, device_id, kind, campaign_id, run, sequence_id, sequence_stepid,
           coalesce(sum(n) FILTER (WHERE status = 'pending'), 0) AS pending,
           coalesce(sum(n) FILTER (WHERE status = 'processing'), 0) AS processing,
           coalesce(sum(n) FILTER (WHERE status = 'sent'), 0) AS sent,
           coalesce(sum(n) FILTER (WHERE status = 'failed'), 0) AS failed,
           coalesce(sum(n) FILTER (WHERE status = 'cancelled'), 0) AS cancelled,
           coalesce(sum(n) FILTER (WHERE status = 'unknown'), 0) AS unknown,
           coalesce(sum(n) FILTER (WHERE delivered_at IS NOT NULL), 0) AS delivered,
           coalesce(sum(n) FILTER (WHERE read_at IS NOT NULL), 0) AS read
    FROM (SELECT -1 AS n, * FROM old_rows UNION ALL SELECT 1 AS n, * FROM new_rows) AS signed
    GROUP BY user_id, planned_day, device_id, kind, campaign_id, run, sequence_id, sequence_stepid
  ) AS d
  WHERE (pending, processing, sent, failed, cancelled, unknown, delivered, read) <> (0, 0, 0, 0, 0, 0, 0, 0);

  INSERT INTO outbox (topic, key, payload)
  SELECT 'message-status', n.device_id, message_status(n)
  FROM new_rows AS n JOIN old_rows AS o USING (id)
  WHERE n.status NOT IN ('pending', 'processing')
    AND (n.status, n.delivered_at, n.read_at) IS DISTINCT FROM (o.status, o.delivered_at, o.read_at);
  RETURN NULL;
END $$;

CREATE TRIGGER raise_version BEFORE UPDATE ON broadcast_messages
  FOR EACH ROW EXECUTE FUNCTION raise_version();

CREATE TRIGGER tell_of_new_messages AFTER INSERT ON broadcast_messages
  REFERENCING NEW TABLE AS new_rows
  FOR EACH STATEMENT EXECUTE FUNCTION tell_of_new_messages();

CREATE TRIGGER tell_of_changed_messages AFTER UPDATE ON broadcast_messages
  REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows
  FOR EACH STATEMENT EXECUTE FUNCTION tell_of_changed_messages();
