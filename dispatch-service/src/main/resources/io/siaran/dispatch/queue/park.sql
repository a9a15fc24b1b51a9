-- Brings messages in line with a plan that was paused ($2 true) or goes on: what waits is parked or unparked, what is in
-- flight under a paused plan is asked back, unless it was already. Answers what may be released now.
WITH unlike AS (
  SELECT id FROM broadcast_messages
  WHERE id = ANY ($1::uuid[])
    AND ((status = 'pending' AND parked <> $2) OR (status = 'processing' AND $2 AND recall_at = lease_until))
  ORDER BY id
  FOR UPDATE
),
changed AS (
  UPDATE broadcast_messages AS m SET
    parked    = CASE m.status WHEN 'pending' THEN $2 ELSE false END,
    recall_at = CASE m.status WHEN 'processing' THEN statement_timestamp() END
  WHERE m.id = ANY (ARRAY(SELECT id FROM unlike))
  RETURNING m.device_id, m.due_at, m.parked, m.status
)
SELECT device_id, min(due_at) AS due_at FROM changed WHERE status = 'pending' AND NOT parked GROUP BY device_id
