-- Steps of these enrolments ($1) that were not given to a device yet are counted at the one that their lead is on now, and one
-- that is parked for another device is not any more. A firing that parks at this moment is waited for.
WITH moved AS (
  SELECT c.id, l.device_id
  FROM sequence_contacts c
  JOIN leads l ON l.id = c.lead_id
  WHERE c.enrolment_id = ANY ($1::uuid[]) AND c.status IN ('pending', 'active')
    AND ((c.processing_device_id IS NULL AND c.device_id <> l.device_id)
      OR (c.parked_for <> l.device_id AND c.parked_for <> c.sequence_id))
  ORDER BY c.id
  FOR UPDATE OF c
)
UPDATE sequence_contacts c
SET device_id = CASE WHEN c.processing_device_id IS NULL THEN moved.device_id ELSE c.device_id END,
  parked_for = CASE WHEN c.parked_for = c.sequence_id THEN c.parked_for END
FROM moved
WHERE c.id = moved.id
