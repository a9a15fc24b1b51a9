-- How many leads of a user ($1) match a filter by niche, status, device and trigger ($2, $3, $4, $5; null is any).
SELECT count(*) AS leads
FROM leads l
CROSS JOIN LATERAL lead_matches(l, $2, $3, $4, $5) matches
WHERE l.user_id = $1 AND NOT l.deleted AND matches.holds
