-- How many contacts are where at each step of a user's ($2) sequence ($1); steps that nobody reached count zero.
SELECT p.id AS step_id, p.day_number, p.trigger,
  count(c.message_id) AS entered,
  count(*) FILTER (WHERE c.status IN ('pending', 'active')) AS pending,
  count(*) FILTER (WHERE c.status = 'sent') AS sent,
  count(*) FILTER (WHERE c.status = 'sent' AND c.delivered_at IS NOT NULL) AS delivered,
  count(*) FILTER (WHERE c.status = 'sent' AND c.read_at IS NOT NULL) AS read,
  count(*) FILTER (WHERE c.status = 'failed') AS failed,
  count(*) FILTER (WHERE c.status = 'cancelled') AS cancelled,
  count(*) FILTER (WHERE c.status = 'unknown') AS unknown
FROM sequence_steps p
LEFT JOIN sequence_contacts c ON c.sequence_id = p.sequence_id AND c.step_id = p.id
WHERE p.sequence_id = $1 AND p.user_id = $2
GROUP BY p.id
-- One that was removed shows as long as contacts were at it.
HAVING p.removed_at IS NULL OR count(c.message_id) > 0
ORDER BY p.day_number, p.position
