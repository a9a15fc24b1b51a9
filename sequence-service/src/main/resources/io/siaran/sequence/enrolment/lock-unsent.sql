-- Locks what is to be cancelled of enrolments ($1), of all of them by one statement and in the order in which a firing marks steps: they are
-- cancelled some at a time (cancel-contacts.sql), and to lock them so would be another order, in which the two wait for each other.
-- Answers how many there are. Who calls holds the locks of the enrolments, so nothing is added to them meanwhile.
SELECT count(*) AS steps
FROM (
  SELECT id FROM sequence_contacts
  WHERE enrolment_id = ANY ($1::uuid[]) AND status <> 'sent'
  ORDER BY id
  FOR UPDATE) locked
