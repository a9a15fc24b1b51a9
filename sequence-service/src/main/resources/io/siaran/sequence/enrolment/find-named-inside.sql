-- Who of these leads ($4) is inside a user's ($1) sequence ($2), $3 at most. Locks nobody, as find-chosen-inside.sql.
SELECT id
FROM enrolments
WHERE sequence_id = $2 AND user_id = $1 AND status = 'open' AND lead_id = ANY ($4::uuid[])
ORDER BY lead_id
LIMIT $3::integer
