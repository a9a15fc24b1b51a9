-- What follows from a change of a message, whoever changes it: its version rises, the counts get the difference, those who
-- must know are told, and its history is kept. Here and not in the statements that change rows, so that none of them can
-- forget.
-- Whoever changes messages may have told the planner to go by index (by-index.sql). What these functions do with the rows
-- that changed is a join of two lists without any, so they set their own terms: they sort, and they join by hash. Planned for
-- the first change of a connection, which is of few, they would compare each row with each (docs/adr/0011).

CREATE OR REPLACE FUNCTION raise_version() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  NEW.version := OLD.version + 1;
  NEW.updated_at := clock_timestamp();
  IF NEW.status <> OLD.status THEN
    NEW.status_since := NEW.updated_at;
    NEW.released_at := CASE NEW.status WHEN 'processing' THEN NEW.status_since WHEN 'pending' THEN NULL ELSE NEW.released_at END;
  END IF;
  RETURN NEW;
END $$;

CREATE OR REPLACE TRIGGER raise_version BEFORE UPDATE ON broadcast_messages
  FOR EACH ROW EXECUTE FUNCTION raise_version();

CREATE OR REPLACE FUNCTION announce_new_messages() RETURNS trigger LANGUAGE plpgsql
  SET enable_sort = on AS $$
DECLARE
  told_at CONSTANT text := rfc3339(statement_timestamp());
BEGIN
  INSERT INTO status_deltas (id_day, user_id, planned_day, device_id, kind, campaign_id, run, sequence_id, sequence_stepid,
                             niche, planned_hour, pending, processing, sent, failed, cancelled, unknown, delivered, read,
                             reasons)
  SELECT id_day(id), user_id, planned_day, device_id, kind, campaign_id, run, sequence_id, sequence_stepid,
         counted_niche(niche) AS niche, planned_hour(scheduled_at, time_zone),
         count(*) FILTER (WHERE status = 'pending'), count(*) FILTER (WHERE status = 'processing'),
         count(*) FILTER (WHERE status = 'sent'), count(*) FILTER (WHERE status = 'failed'),
         count(*) FILTER (WHERE status = 'cancelled'), count(*) FILTER (WHERE status = 'unknown'),
         count(delivered_at), count(read_at), sum_of_reasons(failure_reason, 1)
  FROM new_rows
  GROUP BY id_day(id), user_id, planned_day, device_id, kind, campaign_id, run, sequence_id, sequence_stepid, counted_niche(niche),
           planned_hour(scheduled_at, time_zone);

  INSERT INTO outbox (topic, key, payload)
  SELECT 'message-status', n.device_id, message_status_record(n, told_at)
  FROM (SELECT * FROM new_rows WHERE status NOT IN ('pending', 'processing')) AS n;
  RETURN NULL;
END $$;

CREATE OR REPLACE TRIGGER announce_new_messages AFTER INSERT ON broadcast_messages
  REFERENCING NEW TABLE AS new_rows
  FOR EACH STATEMENT EXECUTE FUNCTION announce_new_messages();

-- Old rows count -1 and new ones +1: whatever changed, status or device, the groups that stayed the same cancel out.
CREATE OR REPLACE FUNCTION announce_changed_messages() RETURNS trigger LANGUAGE plpgsql
  SET enable_hashjoin = on SET enable_sort = on SET enable_nestloop = off AS $$
DECLARE
  told_at CONSTANT text := rfc3339(statement_timestamp());
BEGIN
  INSERT INTO status_deltas (id_day, user_id, planned_day, device_id, kind, campaign_id, run, sequence_id, sequence_stepid,
                             niche, planned_hour, pending, processing, sent, failed, cancelled, unknown, delivered, read,
                             reasons)
  SELECT * FROM (
    SELECT id_day(id), user_id, planned_day, device_id, kind, campaign_id, run, sequence_id, sequence_stepid,
           counted_niche(niche) AS niche, planned_hour(scheduled_at, time_zone),
           coalesce(sum(n) FILTER (WHERE status = 'pending'), 0) AS pending,
           coalesce(sum(n) FILTER (WHERE status = 'processing'), 0) AS processing,
           coalesce(sum(n) FILTER (WHERE status = 'sent'), 0) AS sent,
           coalesce(sum(n) FILTER (WHERE status = 'failed'), 0) AS failed,
           coalesce(sum(n) FILTER (WHERE status = 'cancelled'), 0) AS cancelled,
           coalesce(sum(n) FILTER (WHERE status = 'unknown'), 0) AS unknown,
           coalesce(sum(n) FILTER (WHERE delivered_at IS NOT NULL), 0) AS delivered,
           coalesce(sum(n) FILTER (WHERE read_at IS NOT NULL), 0) AS read,
           sum_of_reasons(failure_reason, n) AS reasons
    FROM (SELECT -1 AS n, * FROM old_rows UNION ALL SELECT 1 AS n, * FROM new_rows) AS signed
    GROUP BY id_day(id), user_id, planned_day, device_id, kind, campaign_id, run, sequence_id, sequence_stepid,
             counted_niche(niche), planned_hour(scheduled_at, time_zone)
  ) AS d
  WHERE (pending, processing, sent, failed, cancelled, unknown, delivered, read) <> (0, 0, 0, 0, 0, 0, 0, 0)
    OR reasons <> '{}';

  INSERT INTO outbox (topic, key, payload)
  SELECT 'message-status', n.device_id, message_status_record(n, told_at)
  FROM new_rows AS n JOIN old_rows AS o USING (id)
  WHERE (n.status NOT IN ('pending', 'processing')
      AND (n.status, n.delivered_at, n.read_at) IS DISTINCT FROM (o.status, o.delivered_at, o.read_at))
    -- What had ended and is to be tried again: whoever was told of its end must not build on it.
    OR (n.status = 'pending' AND o.status NOT IN ('pending', 'processing'));
  RETURN NULL;
END $$;

CREATE OR REPLACE TRIGGER announce_changed_messages AFTER UPDATE ON broadcast_messages
  REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows
  FOR EACH STATEMENT EXECUTE FUNCTION announce_changed_messages();

-- Keeps what an update is about to make the row forget. The guard comes first: of the updates of an ordinary send, from
-- pending to processing to sent, there is nothing to keep, and they pay for two short scans only.
CREATE OR REPLACE FUNCTION keep_facts() RETURNS trigger LANGUAGE plpgsql
  SET enable_hashjoin = on SET enable_sort = on SET enable_nestloop = off AS $$
BEGIN
  IF EXISTS (SELECT FROM new_rows WHERE status = 'pending')
     OR EXISTS (SELECT FROM old_rows WHERE status IN ('unknown', 'failed', 'cancelled')) THEN
    INSERT INTO message_facts (message_id, at, fact, try_no, reason, detail)
    SELECT o.id, f.at, f.fact, o.try_no, f.reason, f.detail
    FROM new_rows AS n JOIN old_rows AS o USING (id)
    CROSS JOIN LATERAL (VALUES
      (1, 'released', o.released_at, NULL, NULL, n.status = 'pending' AND o.released_at IS NOT NULL),
      (2, 'sent', o.sent_at, NULL, NULL, n.status = 'pending' AND o.sent_at IS NOT NULL),
      (3, CASE WHEN n.attempts > o.attempts THEN 'attempt_failed' ELSE 'returned' END,
        n.status_since, NULL, n.error_message, o.status = 'processing' AND n.status = 'pending'),
      (4, o.status, coalesce(o.status_since, o.created_at), o.failure_reason, o.error_message,
        o.status IN ('unknown', 'failed', 'cancelled'))
    ) AS f (place, fact, at, reason, detail, holds)
    WHERE o.status <> n.status AND f.holds
    ORDER BY o.id, f.place;
  END IF;
  RETURN NULL;
END $$;

CREATE OR REPLACE TRIGGER keep_facts AFTER UPDATE ON broadcast_messages
  REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows
  FOR EACH STATEMENT EXECUTE FUNCTION keep_facts();

-- A message of an older month that begins to wait lowers the bound of the queue (R__months.sql).
CREATE OR REPLACE FUNCTION open_months_of_new_messages() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM open_from(id) FROM (
    SELECT id FROM new_rows
    WHERE status = 'pending' AND id < (SELECT settled_before('2 days'))
    ORDER BY id LIMIT 1) AS oldest;
  RETURN NULL;
END $$;

CREATE OR REPLACE FUNCTION open_months_of_changed_messages() RETURNS trigger LANGUAGE plpgsql
  SET enable_hashjoin = on SET enable_sort = on SET enable_nestloop = off AS $$
BEGIN
  -- What waits or is in flight already is within the bound: of an ordinary send there is nothing to do here.
  IF EXISTS (SELECT FROM old_rows WHERE status NOT IN ('pending', 'processing')) THEN
    PERFORM open_from(id) FROM (
      SELECT n.id FROM new_rows AS n JOIN old_rows AS o USING (id)
      WHERE n.status = 'pending' AND o.status NOT IN ('pending', 'processing') AND n.id < (SELECT settled_before('2 days'))
      ORDER BY n.id LIMIT 1) AS oldest;
  END IF;
  RETURN NULL;
END $$;

CREATE OR REPLACE TRIGGER open_months_of_new_messages AFTER INSERT ON broadcast_messages
  REFERENCING NEW TABLE AS new_rows
  FOR EACH STATEMENT EXECUTE FUNCTION open_months_of_new_messages();

CREATE OR REPLACE TRIGGER open_months_of_changed_messages AFTER UPDATE ON broadcast_messages
  REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows
  FOR EACH STATEMENT EXECUTE FUNCTION open_months_of_changed_messages();

-- Whom an action was about, nobody needs to know once it has ended: it stays for a month. The number in place of the phone is nobody's,
-- so that what is left of the filter never matches more than it did.
CREATE OR REPLACE FUNCTION forget_whom_it_was_about() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  NEW.filter := NEW.filter || '{"phone": "9990000000000"}';
  RETURN NEW;
END $$;

CREATE OR REPLACE TRIGGER forget_whom_it_was_about BEFORE UPDATE OF done_at ON bulk_actions
  FOR EACH ROW WHEN (NEW.done_at IS NOT NULL AND NEW.filter ->> 'phone' IS NOT NULL)
  EXECUTE FUNCTION forget_whom_it_was_about();
