-- Ends open enrolments ($1) as left, each for its reason ($2). Who calls holds their locks.
UPDATE enrolments e
SET status = 'left', left_reason = gone.reason, ended_at = statement_timestamp()
FROM unnest($1::uuid[], $2::text[]) AS gone (id, reason)
WHERE e.id = gone.id AND e.status = 'open'
RETURNING e.id, e.user_id, e.sequence_id, e.lead_id, e.assignment, e.left_reason, e.ended_at
