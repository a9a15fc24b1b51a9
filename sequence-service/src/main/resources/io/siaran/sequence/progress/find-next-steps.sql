-- The next step of each of these enrolments ($1) that has one, with what its time is computed from.
SELECT DISTINCT ON (c.enrolment_id) c.enrolment_id, c.id, p.trigger_delay_hours, p.send_at, e.time_zone
FROM sequence_contacts c
JOIN enrolments e ON e.id = c.enrolment_id
JOIN sequence_steps p ON p.id = c.step_id
WHERE c.enrolment_id = ANY ($1::uuid[]) AND c.status = 'pending'
ORDER BY c.enrolment_id, c.current_step
