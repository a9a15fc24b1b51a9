-- Messages that are not where their leads are, with the device that they are to follow to, or an end.
-- Bounded without a cursor: what was moved, marked or ended is not answered again. What is unknown is only marked: it
-- moves if it ever waits again.
SELECT m.id, end_of.reason, l.device_id AS to_device
FROM unnest($1::text[]) AS k (key)
JOIN leads AS l ON l.id = k.key::uuid
JOIN broadcast_messages AS m
  ON m.lead_id = l.id AND m.user_id = l.user_id AND m.status IN ('pending', 'processing', 'unknown')
LEFT JOIN device_queue AS d ON d.device_id = l.device_id
CROSS JOIN LATERAL (
  SELECT CASE
    WHEN l.deleted THEN 'lead_deleted'
    WHEN d.user_id <> m.user_id THEN 'wrong_owner'
    WHEN d.deleted THEN 'device_deleted'
  END AS reason
) AS end_of
WHERE CASE WHEN end_of.reason IS NULL
    THEN l.device_id <> coalesce(m.moving_to, m.device_id)
    ELSE m.status = 'pending' OR (m.status = 'processing' AND m.ending IS NULL)
  END
LIMIT $2
