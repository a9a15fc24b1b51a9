-- Cancels what is still to come of enrolments that ended ($1). Gives every row whose message may be out and was not sent:
-- from the moment a firing leased it, a message may be out, and a person may retry one that failed or is unknown. What has an
-- outcome keeps its status: an unknown one may have been sent.
WITH unsent AS (
  SELECT id, status FROM sequence_contacts
  WHERE enrolment_id = ANY ($1::uuid[]) AND status <> 'sent'
  ORDER BY id
  FOR UPDATE
),
cancelled AS (
  UPDATE sequence_contacts c
  SET status = CASE WHEN unsent.status IN ('pending', 'active') THEN 'cancelled' ELSE unsent.status END,
    settled_at = coalesce(c.settled_at, statement_timestamp()), parked_for = NULL,
    changed_at = CASE WHEN unsent.status = 'active' THEN statement_timestamp() ELSE c.changed_at END
  FROM unsent
  WHERE c.id = unsent.id
  RETURNING c.user_id, c.message_id, c.processing_device_id
)
SELECT user_id, message_id, processing_device_id FROM cancelled
WHERE processing_device_id IS NOT NULL
