-- Who was asked into a user's ($1) sequence ($2) and is not reviewed yet, $3 at most: of these leads ($4, or null), or of all that match
-- niche, status, device and trigger ($5, $6, $7, $8; null is any).
SELECT asked.lead_id
FROM requested_entries asked
JOIN leads l ON l.id = asked.lead_id AND l.user_id = $1
CROSS JOIN LATERAL lead_matches(l, $5, $6, $7, $8) matches
WHERE asked.sequence_id = $2
  AND ($4::uuid[] IS NULL OR asked.lead_id = ANY ($4::uuid[]))
  AND matches.holds
ORDER BY asked.lead_id
LIMIT $3::integer
