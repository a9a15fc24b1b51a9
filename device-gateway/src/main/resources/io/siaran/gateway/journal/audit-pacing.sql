-- Compares the calls that ended since the last audit (at most two minutes of them) with the call before each, and counts
-- those that began before the pause drawn for them was over. Reads the journal alone, nothing that paces.
-- Safe on several instances: the row of the audit is locked, who does not get it has nothing to do. A call is looked at
-- once: its first end never changes, and a minute later, longer than any statement runs, all that ended by then is visible.
-- A call that was cut ended for others at its deadline.
WITH span AS MATERIALIZED (
  SELECT seen_to, least(seen_to + interval '2 minutes', clock_timestamp() - interval '1 minute') AS upto
  FROM pacing_audit FOR UPDATE SKIP LOCKED
), calls AS MATERIALIZED (
  SELECT j.device_id, j.started_at, j.delay_ms, least(j.ended_at, j.call_deadline) AS ended_at
  FROM span JOIN send_journal j ON j.ended_at > span.seen_to AND j.ended_at <= span.upto
  WHERE j.started_at IS NOT NULL
), paused AS (
  SELECT started_at, delay_ms, greatest(known.last_ended_at, max(ended_at) OVER before) AS since
  FROM calls LEFT JOIN audited_calls known USING (device_id)
  WINDOW before AS (PARTITION BY device_id ORDER BY started_at ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING)
), remembered AS (
  INSERT INTO audited_calls AS known (device_id, last_ended_at)
  SELECT device_id, max(ended_at) FROM calls GROUP BY device_id
  ON CONFLICT (device_id) DO UPDATE SET last_ended_at = greatest(known.last_ended_at, excluded.last_ended_at)
), seen AS (
  UPDATE pacing_audit a SET seen_to = span.upto FROM span WHERE span.upto > span.seen_to
)
SELECT
  (SELECT count(*) FROM paused WHERE started_at < since + delay_ms * interval '1 millisecond') AS violations,
  coalesce((SELECT upto < clock_timestamp() - interval '90 seconds' FROM span), false) AS is_behind
