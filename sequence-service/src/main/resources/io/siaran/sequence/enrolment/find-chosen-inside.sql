-- The open enrolments of a user's ($1) sequence ($2), $3 at most: of these leads ($4, or null), or of all that match niche, status, device and
-- trigger ($5, $6, $7, $8; null is any). Locks them, in the one order in which everybody does.
SELECT e.id, e.lead_id
FROM enrolments e
JOIN leads l ON l.id = e.lead_id
CROSS JOIN LATERAL lead_matches(l, $5, $6, $7, $8) matches
WHERE e.sequence_id = $2 AND e.user_id = $1 AND e.status = 'open'
  AND ($4::uuid[] IS NULL OR e.lead_id = ANY ($4::uuid[]))
  AND matches.holds
ORDER BY e.id
LIMIT $3
FOR UPDATE OF e
