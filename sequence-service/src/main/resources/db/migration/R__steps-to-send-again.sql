-- Steps that the queue cancelled because the device that their lead was on was deleted, of contacts who stay and whose lead is on one that
-- is there: another one, or again the one that the step was given to, since the queue had followed the lead away from it. What may have
-- been sent is not sent again, and what is set aside is left alone.
CREATE OR REPLACE VIEW steps_to_send_again AS
SELECT c.id, c.user_id
FROM sequence_contacts c
JOIN enrolments e ON e.id = c.enrolment_id AND e.status = 'open'
JOIN leads l ON l.id = c.lead_id AND NOT l.deleted
JOIN devices d ON d.id = l.device_id AND NOT d.deleted AND d.user_id = c.user_id
WHERE c.status = 'cancelled' AND c.settled_at IS NULL AND NOT c.in_doubt
  AND (c.set_aside_until IS NULL OR c.set_aside_until < statement_timestamp());
