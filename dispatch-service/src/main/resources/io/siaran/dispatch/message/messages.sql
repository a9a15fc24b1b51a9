-- Messages of one user with what stands in their way; conditions follow. A device of somebody else looks like none.
SELECT m.*, d.status AS device_status, d.held_until, d.hold_reason,
  EXISTS (SELECT FROM stops AS s WHERE s.scope = 'fleet' OR s.user_id = m.user_id) AS stopped, statement_timestamp() AS now
FROM broadcast_messages AS m
LEFT JOIN device_queue AS d ON d.device_id = m.device_id AND d.user_id = m.user_id AND NOT d.deleted
WHERE m.user_id = $1
