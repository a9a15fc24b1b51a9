-- The next unsent messages of a plan, with what the plan wants of each: an end, or to wait or not to wait for it.
SELECT m.id, coalesce(o.of_plan, o.of_earlier_run) AS reason, o.plan_paused AS paused
FROM broadcast_messages AS m
CROSS JOIN LATERAL obstacles(
  m.id, m.kind, m.user_id, m.device_id, m.lead_id, m.campaign_id, m.plan_id, m.run, m.recipient_phone) AS o
WHERE m.plan_id = ($1::text[])[1]::uuid AND m.status IN ('pending', 'processing') AND m.id > $2
  AND o.plan_paused IS NOT NULL
ORDER BY m.id
LIMIT $3
