-- Messages of one user with what stands in their way; conditions follow. A device of somebody else looks like none.
SELECT m.*, d.status AS device_status,
  CASE WHEN cold.holds THEN d.cold_held_until ELSE d.held_until END AS held_until,
  CASE WHEN cold.holds THEN d.cold_hold_reason ELSE d.hold_reason END AS hold_reason,
  EXISTS (SELECT FROM stops AS s WHERE s.scope = 'fleet' OR s.user_id = m.user_id) AS stopped,
  m.status = 'pending' AND m.kind = 'campaign' AND m.run > 1 AND (EXISTS (
    SELECT FROM broadcast_messages AS earlier
    WHERE earlier.lead_id = m.lead_id AND earlier.status IN ('pending', 'processing')
      AND earlier.kind = 'campaign' AND earlier.campaign_id = m.campaign_id AND earlier.run < m.run)
    OR (SELECT p.once_per_phone FROM plans AS p WHERE p.id = m.plan_id AND p.user_id = m.user_id) AND EXISTS (
    SELECT FROM broadcast_messages AS twin
    WHERE twin.user_id = m.user_id AND twin.recipient_phone = m.recipient_phone AND twin.status IN ('pending', 'processing')
      AND twin.kind = 'campaign' AND twin.campaign_id = m.campaign_id AND twin.run < m.run)) AS behind_earlier_run,
  statement_timestamp() AS now
FROM broadcast_messages AS m
LEFT JOIN device_queue AS d ON d.device_id = m.device_id AND d.user_id = m.user_id AND NOT d.deleted
CROSS JOIN LATERAL (
  -- A direct message that was put off by a cap is due when the cap's hold ends.
  SELECT d.cold_held_until > coalesce(d.held_until, '-infinity')
    AND (m.priority > 0 OR m.due_at >= d.cold_held_until) AS holds) AS cold
WHERE m.user_id = $1
