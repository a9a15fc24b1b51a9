-- What is known of these contact rows ($1), locked against a firing that marks them; and which step of the same walk came to be
-- under way after each, if any.
SELECT c.id, c.enrolment_id, c.user_id, c.status, c.message_id, c.message_version, c.processing_device_id, p.next_trigger, s.on_failure, s.on_unknown, c.in_doubt,
  e.last_reply_at IS NOT NULL AND c.replied_at IS NULL AS answered, e.status AS enrolment_status, e.status = 'open' AND c.settled_at IS NULL AS undecided, later.id AS later_id, later.waits_since AS later_since
FROM sequence_contacts c
JOIN enrolments e ON e.id = c.enrolment_id
JOIN sequences s ON s.id = c.sequence_id
JOIN sequence_steps p ON p.id = c.step_id
LEFT JOIN LATERAL (
  SELECT n.id, n.waits_since FROM sequence_contacts n
  WHERE n.enrolment_id = c.enrolment_id AND n.current_step > c.current_step AND n.message_id IS NOT NULL
  ORDER BY n.current_step
  LIMIT 1) later ON true
WHERE c.id = ANY ($1::uuid[])
ORDER BY c.id
FOR UPDATE OF c
