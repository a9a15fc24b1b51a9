-- These leads ($2) are asked into a sequence ($1) by no filter any more that is under way and would ask them. The caller holds their locks.
-- Gives the leads that this concerns; a repetition concerns none.
INSERT INTO left_out_of_crowds (crowd_id, lead_id)
SELECT c.id, l.id
FROM requested_crowds c
JOIN leads l ON l.user_id = c.user_id AND l.id = ANY ($2::uuid[]) AND l.id > c.asked_to AND NOT l.deleted
CROSS JOIN LATERAL lead_matches(l, c.niche, c.target_status, c.device_id, c.trigger) matches
WHERE c.sequence_id = $1 AND matches.holds
ON CONFLICT DO NOTHING
RETURNING lead_id
