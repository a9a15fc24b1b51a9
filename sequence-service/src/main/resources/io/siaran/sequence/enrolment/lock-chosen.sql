-- Locks these enrolments ($1), in the one order in which everybody does; gives those that are open then.
SELECT id, lead_id
FROM enrolments
WHERE id = ANY ($1::uuid[]) AND status = 'open'
ORDER BY id
FOR UPDATE
