-- A page of a user's ($2) contacts in one sequence ($1), of one status ($3, or null for all): enrolment by enrolment, each in order
-- of its steps, after one place ($4 and $5, or nulls).
SELECT c.id, c.enrolment_id, c.sequence_id, c.step_id, c.lead_id, l.phone, l.name, c.current_step, p.trigger,
  c.next_trigger_time, c.status, l.device_id, c.processing_device_id
FROM sequence_contacts c
JOIN sequence_steps p ON p.id = c.step_id
LEFT JOIN leads l ON l.id = c.lead_id
WHERE c.sequence_id = $1 AND c.user_id = $2
  AND ($3::text IS NULL OR c.status = $3)
  AND ($4::uuid IS NULL OR (c.enrolment_id, c.current_step) > ($4, $5::integer))
ORDER BY c.enrolment_id, c.current_step
LIMIT $6
