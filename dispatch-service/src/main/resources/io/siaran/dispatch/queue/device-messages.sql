-- The next messages of a device that was deleted or turned out to be somebody else's, with an end for the unsent. Those
-- whose lead is elsewhere by now are reconciled with their lead. It walks all that the device ever had, and answers those
-- that stay as well: the batch then bounds what is read, not only what is found.
SELECT m.id,
  CASE WHEN (m.status = 'pending' OR (m.status = 'processing' AND m.ending IS NULL))
      AND (o.lead_device = m.device_id) IS NOT FALSE THEN o.of_device END AS reason
FROM broadcast_messages AS m
CROSS JOIN LATERAL obstacles(
  m.id, m.kind, m.user_id, m.device_id, m.lead_id, m.campaign_id, m.plan_id, m.run, m.recipient_phone) AS o
WHERE m.device_id = ($1::text[])[1]::uuid AND m.id > $2
ORDER BY m.id
LIMIT $3
