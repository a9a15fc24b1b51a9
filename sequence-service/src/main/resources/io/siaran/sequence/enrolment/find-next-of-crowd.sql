-- The next leads ($2 at most) that match a filter ($1) by which they are asked into a sequence; nobody, once it is not active. The caller holds
-- the lock of the filter, and has it before this begins: whom somebody left out meanwhile is seen.
SELECT turn.user_id, turn.sequence_id, page.lead_id
FROM requested_crowds turn
JOIN sequences s ON s.id = turn.sequence_id AND s.status = 'active'
CROSS JOIN LATERAL (
  SELECT l.id AS lead_id
  FROM leads l
  CROSS JOIN LATERAL lead_matches(l, turn.niche, turn.target_status, turn.device_id, turn.trigger) matches
  WHERE l.user_id = turn.user_id AND NOT l.deleted AND l.id > turn.asked_to AND matches.holds
    AND NOT EXISTS (SELECT FROM left_out_of_crowds o WHERE o.crowd_id = turn.id AND o.lead_id = l.id)
    AND NOT EXISTS (
      SELECT FROM left_out_of_crowds o
      CROSS JOIN LATERAL lead_matches(l, o.niche, o.target_status, o.device_id, o.trigger) left_out
      WHERE o.crowd_id = turn.id AND o.lead_id IS NULL AND left_out.holds)
  ORDER BY l.id
  LIMIT $2::integer) page
WHERE turn.id = $1
ORDER BY page.lead_id
