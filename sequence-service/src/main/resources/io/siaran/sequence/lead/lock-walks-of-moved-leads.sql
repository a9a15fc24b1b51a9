-- Locks the open enrolments of the changed leads ($1) of which a step has to follow its lead to another device, in the one order in which
-- everybody locks enrolments.
SELECT e.id
FROM enrolments e
JOIN leads l ON l.id = e.lead_id
WHERE e.lead_id = ANY ($1::uuid[]) AND e.status = 'open' AND EXISTS (
  SELECT FROM sequence_contacts c
  WHERE c.enrolment_id = e.id AND c.status IN ('pending', 'active')
    AND (c.device_id <> l.device_id OR c.parked_for <> l.device_id))
ORDER BY e.id
FOR UPDATE OF e
