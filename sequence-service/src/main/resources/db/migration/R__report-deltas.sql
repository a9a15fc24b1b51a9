-- After each statement that changes contacts: how much more or less of each measure there is, at each step and at each device. What a
-- contact counts for depends on its own row only, so the counts are right whichever statement changed it.
CREATE OR REPLACE FUNCTION count_contacts() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  changes text := CASE TG_OP
    WHEN 'INSERT' THEN 'SELECT 1 AS sign, after.* FROM after'
    WHEN 'DELETE' THEN 'SELECT -1 AS sign, before.* FROM before'
    ELSE 'SELECT 1 AS sign, after.* FROM after UNION ALL SELECT -1, before.* FROM before'
  END;
BEGIN
  IF TG_OP = 'DELETE' THEN
    PERFORM FROM before LIMIT 1;
  ELSE
    PERFORM FROM after LIMIT 1;
  END IF;
  IF NOT FOUND THEN
    RETURN NULL;
  END IF;
  EXECUTE format($sql$
    INSERT INTO report_deltas (sequence_id, step_id, device_id, measures, numbers)
    SELECT sequence_id, step_id, device_id, counted.measures, counted.numbers
    FROM (
      SELECT sequence_id, step_id, device_id,
        sum(sign) FILTER (WHERE message_id IS NOT NULL) AS entered,
        sum(sign) FILTER (WHERE status IN ('pending', 'active')) AS pending,
        sum(sign) FILTER (WHERE status = 'active' AND processing_device_id IS NULL) AS waiting,
        sum(sign) FILTER (
          WHERE (status = 'active' AND processing_device_id IS NOT NULL) OR (status = 'unknown' AND settled_at IS NULL)) AS under_way,
        sum(sign) FILTER (WHERE status = 'sent') AS sent,
        sum(sign) FILTER (WHERE status = 'sent' AND delivered_at IS NOT NULL) AS delivered,
        sum(sign) FILTER (WHERE status = 'sent' AND read_at IS NOT NULL) AS read,
        sum(sign) FILTER (WHERE status = 'sent' AND replied_at IS NOT NULL) AS replied,
        sum(sign) FILTER (WHERE status = 'failed') AS failed,
        sum(sign) FILTER (WHERE status = 'cancelled') AS cancelled,
        sum(sign) FILTER (WHERE status = 'unknown') AS unknown,
        sum(sign) FILTER (WHERE status = 'sent' AND sent_at >= waits_since) AS waits,
        sum(sign * extract(epoch FROM sent_at - waits_since) * 1000)
          FILTER (WHERE status = 'sent' AND sent_at >= waits_since)::bigint AS waited_millis
      FROM (%s) changed
      GROUP BY GROUPING SETS ((sequence_id, step_id), (sequence_id, device_id))
    ) sums
    CROSS JOIN LATERAL (
      SELECT array_agg(measure) AS measures, array_agg(number) AS numbers
      FROM (VALUES
        ('entered', entered), ('pending', pending), ('waiting', waiting), ('under_way', under_way), ('sent', sent),
        ('delivered', delivered), ('read', read), ('replied', replied), ('failed', failed), ('cancelled', cancelled),
        ('unknown', unknown), ('waits', waits), ('waited_millis', waited_millis)) AS measured (measure, number)
      WHERE number <> 0) counted
    WHERE counted.measures IS NOT NULL
  $sql$, changes);
  RETURN NULL;
END
$$;

-- The same for enrolments, of the whole sequence: who entered, is inside, is through, left and why, and answered.
CREATE OR REPLACE FUNCTION count_enrolments() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  changes text := CASE TG_OP
    WHEN 'INSERT' THEN 'SELECT 1 AS sign, after.* FROM after'
    WHEN 'DELETE' THEN 'SELECT -1 AS sign, before.* FROM before'
    ELSE 'SELECT 1 AS sign, after.* FROM after UNION ALL SELECT -1, before.* FROM before'
  END;
BEGIN
  IF TG_OP = 'DELETE' THEN
    PERFORM FROM before LIMIT 1;
  ELSE
    PERFORM FROM after LIMIT 1;
  END IF;
  IF NOT FOUND THEN
    RETURN NULL;
  END IF;
  EXECUTE format($sql$
    INSERT INTO report_deltas (sequence_id, measures, numbers)
    SELECT sequence_id, array_agg(measure), array_agg(number)
    FROM (
      SELECT sequence_id, counted.measure, sum(sign) AS number
      FROM (%s) changed
      CROSS JOIN LATERAL (VALUES
        ('entered'),
        (CASE status WHEN 'open' THEN 'inside' WHEN 'completed' THEN 'completed' ELSE 'left_' || left_reason END),
        (CASE WHEN replied_at IS NOT NULL THEN 'replied' END)) AS counted (measure)
      WHERE counted.measure IS NOT NULL
      GROUP BY sequence_id, counted.measure
      HAVING sum(sign) <> 0
    ) measured
    GROUP BY sequence_id
  $sql$, changes);
  RETURN NULL;
END
$$;

CREATE OR REPLACE TRIGGER count_added AFTER INSERT ON sequence_contacts
  REFERENCING NEW TABLE AS after FOR EACH STATEMENT EXECUTE FUNCTION count_contacts();
CREATE OR REPLACE TRIGGER count_changed AFTER UPDATE ON sequence_contacts
  REFERENCING OLD TABLE AS before NEW TABLE AS after FOR EACH STATEMENT EXECUTE FUNCTION count_contacts();
CREATE OR REPLACE TRIGGER count_removed AFTER DELETE ON sequence_contacts
  REFERENCING OLD TABLE AS before FOR EACH STATEMENT EXECUTE FUNCTION count_contacts();
CREATE OR REPLACE TRIGGER count_added AFTER INSERT ON enrolments
  REFERENCING NEW TABLE AS after FOR EACH STATEMENT EXECUTE FUNCTION count_enrolments();
CREATE OR REPLACE TRIGGER count_changed AFTER UPDATE ON enrolments
  REFERENCING OLD TABLE AS before NEW TABLE AS after FOR EACH STATEMENT EXECUTE FUNCTION count_enrolments();
CREATE OR REPLACE TRIGGER count_removed AFTER DELETE ON enrolments
  REFERENCING OLD TABLE AS before FOR EACH STATEMENT EXECUTE FUNCTION count_enrolments();
