-- Locks the enrolments of these contact rows ($1), in the one order in which everybody locks enrolments, and before their rows:
-- what is read next stays true until the commit.
SELECT id FROM enrolments
WHERE id IN (SELECT enrolment_id FROM sequence_contacts WHERE id = ANY ($1::uuid[]))
ORDER BY id
FOR UPDATE
