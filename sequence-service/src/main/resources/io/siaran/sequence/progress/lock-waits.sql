-- What these walks ($1) wait for, as long as no message of it may be out, and since when: since the step before was sent or came to nothing.
SELECT c.id, c.enrolment_id, c.step_id, c.message_id, c.next_trigger_time, c.waits_since AS since
FROM sequence_contacts c
WHERE c.enrolment_id = ANY ($1::uuid[]) AND c.status = 'active' AND c.processing_device_id IS NULL
ORDER BY c.id
FOR UPDATE OF c
