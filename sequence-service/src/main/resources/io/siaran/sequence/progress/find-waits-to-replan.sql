-- The walks ($1 at most) that wait for a step by an older plan than their sequence has now, have no message of it out and are not set aside;
-- of each sequence that was edited an equal share, so that nobody waits for somebody else's million; where there is not room for all, of any. Fewer than $1 may come although there are
-- more. Every sequence has such walks only for a moment after an edit, so each look is one probe of the index a sequence; the order is
-- that index's, and no other index can give it: without it a look read whoever waits for anything. Locks the walks; SKIP LOCKED
-- leaves to others what they are moving.
WITH edited AS MATERIALIZED (
  SELECT s.id, s.plan_version
  FROM sequences s
  CROSS JOIN LATERAL (
    SELECT FROM sequence_contacts c
    WHERE c.sequence_id = s.id AND c.status = 'active' AND c.fired_at IS NULL AND c.processing_device_id IS NULL
      AND c.plan_version < s.plan_version
      AND (c.set_aside_until IS NULL OR c.set_aside_until < statement_timestamp())
    ORDER BY c.plan_version
    LIMIT 1) waiting
  WHERE s.deleted_at IS NULL
)
SELECT e.id, waiting.contact_id
FROM (SELECT id, plan_version FROM edited ORDER BY random()) edited
CROSS JOIN LATERAL (
  SELECT c.id AS contact_id, c.enrolment_id FROM sequence_contacts c
  WHERE c.sequence_id = edited.id AND c.status = 'active' AND c.fired_at IS NULL AND c.processing_device_id IS NULL
    AND c.plan_version < edited.plan_version
    AND (c.set_aside_until IS NULL OR c.set_aside_until < statement_timestamp())
  ORDER BY c.plan_version
  LIMIT (SELECT ($1::integer + count(*) - 1) / count(*) FROM edited)) waiting
JOIN enrolments e ON e.id = waiting.enrolment_id AND e.status = 'open'
LIMIT $1::integer
FOR UPDATE OF e SKIP LOCKED
