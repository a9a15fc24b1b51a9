-- Lays out the steps of opened enrolments: a row with a message id is under way, the others wait.
INSERT INTO sequence_contacts
  (id, user_id, enrolment_id, sequence_id, step_id, lead_id, current_step, status, next_trigger_time, message_id, plan_version,
   waits_since, device_id)
SELECT c.id, e.user_id, e.id, e.sequence_id, c.step_id, e.lead_id, c.current_step,
  CASE WHEN c.message_id IS NULL THEN 'pending' ELSE 'active' END, c.next_trigger_time, c.message_id, CASE WHEN c.message_id IS NOT NULL THEN s.plan_version END,
  CASE WHEN c.message_id IS NOT NULL THEN e.entered_at END, l.device_id
FROM unnest($1::uuid[], $2::uuid[], $3::uuid[], $4::integer[], $5::timestamptz[], $6::uuid[])
  AS c (id, enrolment_id, step_id, current_step, next_trigger_time, message_id)
JOIN enrolments e ON e.id = c.enrolment_id
JOIN sequences s ON s.id = e.sequence_id
JOIN leads l ON l.id = e.lead_id
