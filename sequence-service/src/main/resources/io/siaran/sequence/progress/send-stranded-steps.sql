-- These steps ($1) are under way again, each under a new message id ($2): the queue ended the old one for good, and it was never in doubt
-- (Transition), so it was never sent. Their versions count from the start, as those of the new message do.
UPDATE sequence_contacts c
SET status = 'active', message_id = again.message_id, message_version = 0, failure_reason = NULL,
  processing_device_id = NULL, device_id = l.device_id, lease_until = NULL, fired_at = NULL, went_out = false,
  changed_at = statement_timestamp()
FROM unnest($1::uuid[], $2::uuid[]) AS again (id, message_id), leads l
WHERE c.id = again.id AND l.id = c.lead_id AND c.status = 'cancelled' AND c.settled_at IS NULL
