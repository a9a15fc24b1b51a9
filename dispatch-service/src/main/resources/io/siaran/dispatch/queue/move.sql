-- Brings messages to the device of their lead: what waits goes at once, what is in flight is asked back, and of that and
-- the unknown the row remembers where it is to go. Locked in order of id, as settling does. Answers what may be released
-- now.
WITH elsewhere AS (
  SELECT m.id, t.device_id
  FROM unnest($1::uuid[], $2::uuid[]) AS t (id, device_id)
  JOIN broadcast_messages AS m ON m.id = t.id
  WHERE m.status IN ('pending', 'processing', 'unknown') AND (m.device_id <> t.device_id OR m.moving_to IS NOT NULL)
  ORDER BY m.id
  FOR UPDATE OF m
),
moved AS (
  UPDATE broadcast_messages AS m SET
    device_id = CASE m.status WHEN 'pending' THEN e.device_id ELSE m.device_id END,
    moving_to = CASE m.status WHEN 'pending' THEN NULL ELSE nullif(e.device_id, m.device_id) END,
    recall_at = CASE WHEN m.status = 'processing' AND e.device_id <> m.device_id THEN statement_timestamp() ELSE m.recall_at END
  FROM elsewhere AS e
  WHERE m.id = e.id
  RETURNING m.device_id, m.due_at, m.parked, m.status
)
SELECT device_id, min(due_at) AS due_at FROM moved WHERE status = 'pending' AND NOT parked GROUP BY device_id
