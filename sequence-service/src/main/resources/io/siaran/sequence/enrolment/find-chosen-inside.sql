-- Who is inside a user's ($1) sequence ($2) and matches niche, status, device and trigger ($4, $5, $6, $7; null is any), $3 at most: the first of
-- the leads, as the index has them. However many are inside, no more are read than are found, as long as the planner does not expect to find
-- few: so the user is asked of the lead only, since all of a sequence are of one user, and the limit of one says that most leads match. Locks
-- nobody: that is done in the order of the enrolments, in which everybody does (lock-chosen.sql).
SELECT e.id
FROM enrolments e
CROSS JOIN LATERAL (
  SELECT
  FROM leads l
  CROSS JOIN LATERAL lead_matches(l, $4, $5, $6, $7) matches
  WHERE l.id = e.lead_id AND l.user_id = $1 AND matches.holds
  LIMIT 1) matching
WHERE e.sequence_id = $2 AND e.status = 'open'
ORDER BY e.lead_id
LIMIT $3::integer
