-- Notes devices whose receipts stopped: $2 messages and more were accepted since the last receipt, each longer ago than receipts
-- usually take for this device ($1 ms at least), of a device that is known to get some ($3). Answers those that are new.
-- Time alone proves nothing: a device that was silent at night has accepted nothing since. What was accepted long enough ago
-- is what an earlier look saw; a look is kept for as long as that takes, and only where something was sent since.
-- Costs a row a device that gets receipts. Safe on several instances: who does not get a row has nothing to do with it. In order
-- of device, as who matches receipts.
WITH looked AS MATERIALIZED (
  SELECT h.device_id, p.accepted, h.newer, h.last_at, h.answered, h.receipts, h.silent_since,
    h.newer_at <= clock_timestamp() - usual.time AND p.accepted > h.older AS is_over,
    CASE WHEN h.newer_at <= clock_timestamp() - usual.time THEN h.newer ELSE h.older END AS older, usual.time
  FROM receipt_habits h
    JOIN device_pacing p ON p.device_id = h.device_id
    CROSS JOIN LATERAL (SELECT greatest(h.usual_ms, $1::bigint) * interval '1 millisecond' AS time) AS usual
), judged AS MATERIALIZED (
  SELECT h.device_id, looked.accepted, looked.older, is_over,
    looked.silent_since IS NULL AND looked.receipts >= $3::int AND looked.older - looked.answered >= $2::int
      AND looked.last_at <= clock_timestamp() - looked.time AS stopped
  FROM looked JOIN receipt_habits h ON h.device_id = looked.device_id AND h.last_at = looked.last_at
  WHERE is_over OR (looked.silent_since IS NULL AND looked.older - looked.answered >= $2::int)
  ORDER BY h.device_id
  FOR UPDATE OF h SKIP LOCKED
), noted AS (
  UPDATE receipt_habits h SET
    older = judged.older,
    newer = CASE WHEN is_over THEN judged.accepted ELSE h.newer END,
    newer_at = CASE WHEN is_over THEN clock_timestamp() ELSE h.newer_at END,
    silent_since = CASE WHEN stopped THEN clock_timestamp() ELSE h.silent_since END
  FROM judged WHERE h.device_id = judged.device_id AND (is_over OR stopped)
  RETURNING h.device_id, judged.stopped
)
SELECT device_id FROM noted WHERE stopped
