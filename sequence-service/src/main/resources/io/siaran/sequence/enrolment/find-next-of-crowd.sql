-- The next leads ($2 at most) that match a filter ($1) by which they are asked into a sequence. Another instance at the same filter is waited
-- for, and gone on after.
WITH turn AS (
  SELECT * FROM requested_crowds WHERE id = $1
  FOR UPDATE
)
SELECT turn.user_id, turn.sequence_id, page.lead_id
FROM turn
CROSS JOIN LATERAL (
  SELECT l.id AS lead_id
  FROM leads l
  CROSS JOIN LATERAL lead_matches(l, turn.niche, turn.target_status, turn.device_id, turn.trigger) matches
  WHERE l.user_id = turn.user_id AND NOT l.deleted AND l.id > turn.asked_to AND matches.holds
  ORDER BY l.id
  LIMIT $2::integer) page
ORDER BY page.lead_id
