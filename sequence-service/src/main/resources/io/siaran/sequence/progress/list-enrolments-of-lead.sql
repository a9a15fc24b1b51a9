-- The newest $3 enrolments of a lead ($1) of a user ($2), in whichever sequence.
SELECT e.sequence_id, s.name, e.status, e.left_reason, e.trigger, e.assignment, e.entered_at, e.ended_at
FROM enrolments e
JOIN sequences s ON s.id = e.sequence_id
WHERE e.lead_id = $1 AND e.user_id = $2
ORDER BY e.entered_at DESC, e.id DESC
LIMIT $3
