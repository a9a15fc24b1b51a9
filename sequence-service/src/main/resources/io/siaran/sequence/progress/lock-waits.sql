-- What these walks ($1) wait for, as long as no message of it may be out, and since when: since the step before was sent or came to nothing.
SELECT c.id, c.enrolment_id, c.step_id, c.message_id, c.next_trigger_time,
  coalesce(before.sent_at, before.unknown_since, before.settled_at, e.entered_at) AS since
FROM sequence_contacts c
JOIN enrolments e ON e.id = c.enrolment_id
LEFT JOIN LATERAL (
  SELECT b.sent_at, b.unknown_since, b.settled_at
  FROM sequence_contacts b
  WHERE b.enrolment_id = c.enrolment_id AND b.current_step < c.current_step AND b.processing_device_id IS NOT NULL
  ORDER BY b.current_step DESC
  LIMIT 1) before ON true
WHERE c.enrolment_id = ANY ($1::uuid[]) AND c.status = 'active' AND c.processing_device_id IS NULL
ORDER BY c.id
FOR UPDATE OF c
