-- Which of these messages may not be sent (any more), and why: what intake asks of a message that comes in,
-- on the device of its lead, where it would go.
SELECT id, reason FROM (
  SELECT m.id,
    CASE
      WHEN device.user_id <> m.user_id THEN 'wrong_owner'
      WHEN device.deleted THEN 'device_deleted'
      WHEN withdrawn.message_id IS NOT NULL THEN 'withdrawn'
      WHEN plan.status = 'cancelled' OR plan.deleted THEN 'plan_cancelled'
      WHEN m.run < plan.run THEN 'superseded_run'
      WHEN lead.deleted THEN 'lead_deleted'
      WHEN suppressed.phone IS NOT NULL THEN 'suppressed'
      WHEN m.kind = 'campaign' AND EXISTS (
        SELECT FROM broadcast_messages AS reached
        WHERE reached.kind = 'campaign' AND reached.status IN ('sent', 'unknown')
          AND reached.campaign_id = m.campaign_id AND reached.lead_id = m.lead_id AND reached.run < m.run)
        THEN 'sent_in_earlier_run'
    END AS reason
  FROM broadcast_messages AS m
  LEFT JOIN plans AS plan ON plan.user_id = m.user_id AND plan.id = m.plan_id
  LEFT JOIN leads AS lead ON lead.user_id = m.user_id AND lead.id = m.lead_id
  LEFT JOIN device_queue AS device ON device.device_id = coalesce(lead.device_id, m.device_id)
  LEFT JOIN suppressions AS suppressed
    ON suppressed.user_id = m.user_id AND suppressed.phone = m.recipient_phone AND NOT suppressed.deleted
  LEFT JOIN withdrawals AS withdrawn ON withdrawn.message_id = m.id AND withdrawn.user_id = m.user_id
  WHERE m.id = ANY ($1::uuid[])
) AS judged
WHERE reason IS NOT NULL
