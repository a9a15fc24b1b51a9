-- Cancels what is still to come of enrolments that ended ($1). Gives every row whose message may be out and has no outcome:
-- from the moment a firing leased it, a message may be out. An unknown one keeps its status: it may have been sent.
WITH open AS (
  SELECT id, status FROM sequence_contacts
  WHERE enrolment_id = ANY ($1::uuid[]) AND (status IN ('pending', 'active') OR (status = 'unknown' AND settled_at IS NULL))
  ORDER BY id
  FOR UPDATE
)
UPDATE sequence_contacts c
SET status = CASE WHEN open.status = 'unknown' THEN 'unknown' ELSE 'cancelled' END, settled_at = statement_timestamp()
FROM open
WHERE c.id = open.id
RETURNING c.user_id, c.message_id, c.processing_device_id
