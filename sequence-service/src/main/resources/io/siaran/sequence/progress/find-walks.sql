-- Of each of these walks ($1) what its next step is computed from: where it entered, the steps that it reached, in their order, and of the last
-- one when it was sent, or is due. Lateral, so that every walk is one probe of the index: joined and grouped, a plan for some given walks
-- read what all walks have reached.
SELECT e.id, e.sequence_id, e.entry_step_id, e.entered_at, e.time_zone, walked.reached, walked.place, walked.last_sent_at, walked.last_due_at
FROM enrolments e
CROSS JOIN LATERAL (
  SELECT array_agg(c.step_id ORDER BY c.current_step) AS reached, max(c.current_step) AS place,
    (array_agg(c.sent_at ORDER BY c.current_step DESC))[1] AS last_sent_at,
    (array_agg(c.next_trigger_time ORDER BY c.current_step DESC))[1] AS last_due_at
  FROM sequence_contacts c
  WHERE c.enrolment_id = e.id AND c.message_id IS NOT NULL) walked
WHERE e.id = ANY ($1::uuid[]) AND e.status = 'open'
