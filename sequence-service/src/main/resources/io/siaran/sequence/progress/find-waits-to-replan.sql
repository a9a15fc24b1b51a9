-- Walks ($1 at most) that wait for a step of a sequence ($2) by an older plan than it has now ($3), as find-edited-sequences.sql finds them.
-- Locks the walks; SKIP LOCKED leaves to others what they are moving, so fewer than $1 may come although there are more.
SELECT e.id, waiting.contact_id
FROM (
  (SELECT c.id AS contact_id, c.enrolment_id
   FROM sequence_contacts c
   WHERE c.sequence_id = $2 AND c.status = 'active' AND c.fired_at IS NULL AND NOT c.went_out AND c.processing_device_id IS NULL
     AND coalesce(c.plan_tried, c.plan_version) < $3
   ORDER BY coalesce(c.plan_tried, c.plan_version)
   LIMIT $1::integer)
  UNION ALL
  (SELECT c.id, c.enrolment_id
   FROM sequence_contacts c
   WHERE c.sequence_id = $2 AND c.status = 'active' AND c.fired_at IS NULL AND NOT c.went_out AND c.processing_device_id IS NULL
     AND c.plan_tried >= $3 AND c.set_aside_until <= statement_timestamp()
   ORDER BY c.set_aside_until
   LIMIT $1::integer)) waiting
JOIN enrolments e ON e.id = waiting.enrolment_id AND e.status = 'open'
LIMIT $1::integer
FOR UPDATE OF e SKIP LOCKED
