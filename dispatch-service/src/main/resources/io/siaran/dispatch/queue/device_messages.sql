-- The next messages of a device that was deleted or turned out to be somebody else's, with an end for the unsent. Those
-- whose lead is elsewhere by now are left to the sweep of the lead. It walks all that the device ever had, and answers those
-- that stay as well: the batch then bounds what is read, not only what is found.
SELECT m.id,
  CASE
    WHEN m.status <> 'pending' AND (m.status <> 'processing' OR m.ending IS NOT NULL) THEN NULL
    WHEN d.user_id <> m.user_id THEN 'wrong_owner'
    WHEN d.deleted AND NOT EXISTS (
      SELECT FROM leads AS l WHERE l.id = m.lead_id AND l.user_id = m.user_id AND l.device_id <> m.device_id)
      THEN 'device_deleted'
  END AS reason
FROM device_queue AS d
JOIN broadcast_messages AS m ON m.device_id = d.device_id
WHERE d.device_id = ($1::text[])[1]::uuid AND m.id > $2
ORDER BY m.id
LIMIT $3
