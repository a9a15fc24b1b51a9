-- The steps whose turn came in an enrolment ($1), in their order. One may have been given to a device (out) and set aside since: no message
-- could be made of it.
SELECT c.id, c.step_id, p.trigger, c.status, c.next_trigger_time, c.message_id, c.sent_at, c.delivered_at, c.read_at, c.failure_reason,
  c.plan_version, c.processing_device_id IS NOT NULL AS out, c.fired_at IS NULL AND c.set_aside_until > statement_timestamp() AS set_aside,
  c.settled_at IS NULL AS unsettled
FROM sequence_contacts c
JOIN sequence_steps p ON p.id = c.step_id
WHERE c.enrolment_id = $1 AND c.message_id IS NOT NULL
ORDER BY c.current_step
