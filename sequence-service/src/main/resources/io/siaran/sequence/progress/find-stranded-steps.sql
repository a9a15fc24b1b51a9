-- Steps that the queue cancelled because the device that their lead was on was deleted, of contacts who stay and whose lead is on one that
-- is there ($1 at most): another one, or again the one that the step was given to, since the queue had followed the lead away from it. What may
-- have been sent is not sent again. Locks their enrolments first-come: SKIP LOCKED leaves to others what they are moving.
SELECT c.id
FROM sequence_contacts c
JOIN enrolments e ON e.id = c.enrolment_id AND e.status = 'open'
JOIN leads l ON l.id = c.lead_id AND NOT l.deleted
JOIN devices d ON d.id = l.device_id AND NOT d.deleted AND d.user_id = c.user_id
WHERE c.status = 'cancelled' AND c.settled_at IS NULL AND NOT c.in_doubt
ORDER BY c.id
LIMIT $1
FOR UPDATE OF e, c SKIP LOCKED
