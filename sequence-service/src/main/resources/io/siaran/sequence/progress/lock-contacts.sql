-- What is known of these contact rows ($1), locked against a firing that marks them.
SELECT c.id, c.enrolment_id, c.message_id, c.message_version, p.next_trigger, s.on_failure,
  e.status = 'open' AND c.settled_at IS NULL AS undecided
FROM sequence_contacts c
JOIN enrolments e ON e.id = c.enrolment_id
JOIN sequences s ON s.id = c.sequence_id
JOIN sequence_steps p ON p.id = c.step_id
WHERE c.id = ANY ($1::uuid[])
ORDER BY c.id
FOR UPDATE OF c
