-- Keeps a filter (by niche $4, status $5, device $6 and trigger $7; null is any) by which leads of a user ($2) are asked into a sequence ($3), under an
-- id ($1). Gives how many match now.
WITH crowd AS (
  INSERT INTO requested_crowds (id, user_id, sequence_id, niche, target_status, device_id, trigger)
  VALUES ($1, $2, $3, $4, $5, $6, $7)
  RETURNING *
)
SELECT count(*) AS leads
FROM crowd
JOIN leads l ON l.user_id = crowd.user_id AND NOT l.deleted
CROSS JOIN LATERAL lead_matches(l, crowd.niche, crowd.target_status, crowd.device_id, crowd.trigger) matches
WHERE matches.holds
