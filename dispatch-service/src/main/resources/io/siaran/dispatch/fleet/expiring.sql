-- Messages that expire within $1 seconds and whose device cannot speak before, as far as is known; a device a row.
-- Reads only what expires so soon, which of devices that do send is seldom much, and counts at most $2.
WITH soon AS (
  SELECT m.device_id, d.status,
    CASE WHEN d.cold_held_until > coalesce(d.held_until, '-infinity') THEN d.cold_hold_reason ELSE d.hold_reason END AS hold_reason,
    m.expires_at
  FROM broadcast_messages AS m
  LEFT JOIN device_queue AS d ON d.device_id = m.device_id
  WHERE m.status = 'pending' AND m.expires_at <= statement_timestamp() + $1::int * interval '1 second'
    AND (d.status IS DISTINCT FROM 'online'
      OR d.held_until >= m.expires_at
      OR m.priority > 0 AND d.cold_held_until >= m.expires_at
      OR EXISTS (SELECT FROM stops WHERE stops.scope = 'fleet' OR stops.user_id = m.user_id))
  ORDER BY m.expires_at
  LIMIT $2
)
SELECT device_id, status, hold_reason, count(*) AS messages, min(expires_at) AS first
FROM soon
GROUP BY device_id, status, hold_reason
