-- Stops unsent messages, for whatever reason: what waits ends now; what is in flight is asked back, and ends if the
-- gateway gives it back (what it answers otherwise is the truth). The first reason stays. Locked in order of id, as
-- settling does.
WITH stopped AS (
  SELECT m.id, s.reason
  FROM unnest($1::uuid[], $2::text[]) AS s (id, reason)
  JOIN broadcast_messages AS m ON m.id = s.id
  WHERE m.status = 'pending' OR (m.status = 'processing' AND m.ending IS NULL)
  ORDER BY m.id
  FOR UPDATE OF m
),
changed AS (
  UPDATE broadcast_messages AS m SET
    status         = CASE m.status WHEN 'pending' THEN ended_status(s.reason) ELSE m.status END,
    failure_reason = CASE m.status WHEN 'pending' THEN s.reason END,
    ending         = CASE m.status WHEN 'processing' THEN s.reason END,
    recall_at      = CASE m.status WHEN 'processing' THEN statement_timestamp() END,
    moving_to      = CASE m.status WHEN 'processing' THEN m.moving_to END,
    parked         = false
  FROM stopped AS s
  WHERE m.id = s.id
  RETURNING m.status
)
SELECT status, count(*) AS messages FROM changed GROUP BY status
