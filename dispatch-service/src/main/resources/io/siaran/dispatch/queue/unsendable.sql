-- Which of these messages may not be sent (any more), and why: what intake asks of a message that comes in.
SELECT m.id, o.first AS reason
FROM broadcast_messages AS m
CROSS JOIN LATERAL obstacles(
  m.id, m.kind, m.user_id, m.device_id, m.lead_id, m.campaign_id, m.plan_id, m.run, m.recipient_phone) AS o
WHERE m.id = ANY ($1::uuid[]) AND o.first IS NOT NULL
