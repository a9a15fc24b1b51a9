-- How many contacts of a user's ($2) sequence ($1) are where, on each device that their leads are on now.
SELECT l.device_id,
  count(c.message_id) AS entered,
  count(*) FILTER (WHERE c.status IN ('pending', 'active')) AS pending,
  count(*) FILTER (WHERE c.status = 'sent') AS sent,
  count(*) FILTER (WHERE c.status = 'sent' AND c.delivered_at IS NOT NULL) AS delivered,
  count(*) FILTER (WHERE c.status = 'sent' AND c.read_at IS NOT NULL) AS read,
  count(*) FILTER (WHERE c.status = 'failed') AS failed,
  count(*) FILTER (WHERE c.status = 'cancelled') AS cancelled,
  count(*) FILTER (WHERE c.status = 'unknown') AS unknown
FROM sequence_contacts c
LEFT JOIN leads l ON l.id = c.lead_id
WHERE c.sequence_id = $1 AND c.user_id = $2
GROUP BY l.device_id
ORDER BY l.device_id
