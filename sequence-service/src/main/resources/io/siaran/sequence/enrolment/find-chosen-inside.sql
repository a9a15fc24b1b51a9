-- The open enrolments of a user's ($1) sequence ($6), $7 at most: of these leads ($2), or of all that match niche, status, device and
-- trigger ($3, $4, $5, $8; null is any). Locks them, in the one order in which everybody does.
SELECT e.id
FROM enrolments e
JOIN leads l ON l.id = e.lead_id
WHERE e.sequence_id = $6 AND e.user_id = $1 AND e.status = 'open'
  AND ($2::uuid[] IS NULL OR e.lead_id = ANY ($2::uuid[]))
  AND ($3::text IS NULL OR $3 = ANY (l.niches))
  AND ($4::text IS NULL OR l.target_status = $4)
  AND ($5::uuid IS NULL OR l.device_id = $5)
  AND ($8::text IS NULL OR EXISTS (SELECT FROM lead_triggers t WHERE t.lead_id = l.id AND t.trigger = $8))
ORDER BY e.id
LIMIT $7
FOR UPDATE OF e
