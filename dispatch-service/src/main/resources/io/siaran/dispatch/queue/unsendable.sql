-- Which of these messages may not be sent (any more), and why: what intake asks of a message that comes in, and whether it would follow
-- its lead to a corrected phone that its campaign has written to already. LIMIT keeps that to one look by the key for each.
SELECT m.id, coalesce(o.first, corrected.reason) AS reason
FROM broadcast_messages AS m
CROSS JOIN LATERAL obstacles(
  m.id, m.kind, m.user_id, m.device_id, m.lead_id, m.campaign_id, m.plan_id, m.run, m.recipient_phone) AS o
LEFT JOIN LATERAL (
  SELECT 'withdrawn' AS reason
  FROM leads AS l
  WHERE m.kind = 'campaign' AND l.id = m.lead_id AND l.user_id = m.user_id AND l.phone <> m.recipient_phone
    AND (l.version < m.lead_version) IS NOT TRUE
    AND EXISTS (SELECT FROM written_by_another(m.id, m.user_id, m.campaign_id, l.phone, '{}'))
  LIMIT 1) AS corrected ON true
WHERE m.id = ANY ($1::uuid[]) AND (o.first IS NOT NULL OR corrected.reason IS NOT NULL)
