-- Messages that expire within $1 seconds and whose device cannot speak before, as far as is known; a device a row.
-- Reads only what expires so soon, at most $2 of it: what devices do send seldom gets so old.
WITH soon AS (
  SELECT user_id, device_id, expires_at FROM broadcast_messages
  WHERE status = 'pending' AND expires_at <= statement_timestamp() + $1::int * interval '1 second'
  ORDER BY expires_at
  LIMIT $2
)
SELECT s.device_id, d.status, d.hold_reason, count(*) AS messages, min(s.expires_at) AS first
FROM soon AS s
LEFT JOIN device_queue AS d ON d.device_id = s.device_id
WHERE d.status IS DISTINCT FROM 'online'
  OR d.held_until >= s.expires_at
  OR EXISTS (SELECT FROM stops WHERE stops.scope = 'fleet' OR stops.user_id = s.user_id)
GROUP BY s.device_id, d.status, d.hold_reason
