-- Steps that the queue cancelled because their device was deleted, of contacts who stay and whose lead is on another device by
-- now ($1 at most); what may have been sent is not sent again. Locks their enrolments first-come: SKIP LOCKED leaves to others what they are moving.
SELECT c.id
FROM sequence_contacts c
JOIN enrolments e ON e.id = c.enrolment_id AND e.status = 'open'
JOIN leads l ON l.id = c.lead_id AND NOT l.deleted AND l.device_id <> c.processing_device_id
JOIN devices d ON d.id = l.device_id AND NOT d.deleted AND d.user_id = c.user_id
WHERE c.status = 'cancelled' AND c.settled_at IS NULL AND NOT c.in_doubt
ORDER BY c.id
LIMIT $1
FOR UPDATE OF e, c SKIP LOCKED
