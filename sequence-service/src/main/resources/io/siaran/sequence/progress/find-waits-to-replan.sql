-- The walks ($1 at most) that wait for a step by an older plan than their sequence has now, and have no message of it out. Every
-- sequence has such walks only for a moment after an edit, so each look is one probe of the index a sequence; the order
-- is that index's, and no other index can give it: without it a look read whoever waits for anything. Locks the walks; SKIP LOCKED
-- leaves to others what they are moving.
SELECT e.id
FROM sequences s
CROSS JOIN LATERAL (
  SELECT c.enrolment_id FROM sequence_contacts c
  WHERE c.sequence_id = s.id AND c.status = 'active' AND c.fired_at IS NULL AND c.processing_device_id IS NULL
    AND c.plan_version < s.plan_version
  ORDER BY c.plan_version
  LIMIT $1) waiting
JOIN enrolments e ON e.id = waiting.enrolment_id AND e.status = 'open'
WHERE s.deleted_at IS NULL
LIMIT $1
FOR UPDATE OF e SKIP LOCKED
