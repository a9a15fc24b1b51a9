-- Cancels what is still to come of enrolments that ended ($1), locked before (lock-unsent.sql). Gives every row whose message may be out
-- and was not sent: from the moment a firing leased it, a message may be out, and a person may retry one that failed or is unknown. What
-- has an outcome keeps its status: an unknown one may have been sent.
WITH cancelled AS (
  UPDATE sequence_contacts
  SET status = CASE WHEN status IN ('pending', 'active') THEN 'cancelled' ELSE status END,
    settled_at = coalesce(settled_at, statement_timestamp()), parked_for = NULL,
    changed_at = CASE WHEN status = 'active' THEN statement_timestamp() ELSE changed_at END
  WHERE enrolment_id = ANY ($1::uuid[]) AND status <> 'sent'
  RETURNING user_id, message_id, processing_device_id
)
SELECT user_id, message_id, processing_device_id FROM cancelled
WHERE processing_device_id IS NOT NULL
