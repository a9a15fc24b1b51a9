-- A page of a user's ($2) contacts in one sequence ($1), of some statuses ($3), of leads on one device ($4, or null for
-- all): enrolment by enrolment, each in order of its steps, after one place ($5, $6 and $8). Each status is one
-- range of the index, read from that place on; the first $7 of all ranges are the page.
SELECT c.id, c.enrolment_id, c.sequence_id, c.step_id, c.lead_id, c.phone, c.name, c.current_step, p.trigger,
  c.next_trigger_time, c.status, c.device_id, c.processing_device_id
FROM (
  SELECT of_status.*
  FROM unnest($3::text[]) AS wanted (status)
  CROSS JOIN LATERAL (
    SELECT r.id, r.enrolment_id, r.sequence_id, r.step_id, r.lead_id, l.phone, l.name, r.current_step,
      r.next_trigger_time, r.status, l.device_id, r.processing_device_id
    FROM sequence_contacts r
    LEFT JOIN leads l ON l.id = r.lead_id
    WHERE r.sequence_id = $1 AND r.user_id = $2 AND r.status = wanted.status
      -- Of a step that was removed only what came of it.
      AND (r.status <> 'pending' OR EXISTS (SELECT FROM sequence_steps live WHERE live.id = r.step_id AND live.removed_at IS NULL))
      AND ($4::uuid IS NULL OR l.device_id = $4)
      AND (r.enrolment_id, r.current_step, r.id) > ($5::uuid, $6::integer, $8::uuid)
    ORDER BY r.enrolment_id, r.current_step, r.id
    LIMIT $7
  ) of_status
) c
JOIN sequence_steps p ON p.id = c.step_id
ORDER BY c.enrolment_id, c.current_step, c.id
LIMIT $7
