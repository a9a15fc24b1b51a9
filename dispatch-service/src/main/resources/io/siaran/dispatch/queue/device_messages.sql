-- The next messages of a device that was deleted, with an end for the unsent. It walks all that the device ever had, and
-- answers those that ended as well: the batch then bounds what is read, not only what is found.
SELECT m.id,
  CASE WHEN d.deleted AND (m.status = 'pending' OR (m.status = 'processing' AND m.ending IS NULL)) THEN 'device_deleted' END
    AS reason
FROM device_queue AS d
JOIN broadcast_messages AS m ON m.device_id = d.device_id
WHERE d.device_id = ($1::text[])[1]::uuid AND d.deleted AND m.id > $2
ORDER BY m.id
LIMIT $3
