-- Messages of one user with what stands in their way; conditions follow. A device of somebody else looks like none.
SELECT m.*, d.status AS device_status, d.held_until, d.hold_reason,
  EXISTS (SELECT FROM stops AS s WHERE s.scope = 'fleet' OR s.user_id = m.user_id) AS stopped,
  m.status = 'pending' AND m.kind = 'campaign' AND m.run > 1 AND EXISTS (
    SELECT FROM broadcast_messages AS earlier
    WHERE earlier.lead_id = m.lead_id AND earlier.status IN ('pending', 'processing')
      AND earlier.kind = 'campaign' AND earlier.campaign_id = m.campaign_id AND earlier.run < m.run) AS behind_earlier_run,
  statement_timestamp() AS now
FROM broadcast_messages AS m
LEFT JOIN device_queue AS d ON d.device_id = m.device_id AND d.user_id = m.user_id AND NOT d.deleted
WHERE m.user_id = $1
