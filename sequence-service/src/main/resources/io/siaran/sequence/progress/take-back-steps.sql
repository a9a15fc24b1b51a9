-- Puts steps that came to be under way ($1) back among those to come, as long as no message of theirs may be out, because the
-- step before is under way again. A firing that leases one at this moment is waited for, and wins. Gives those put back.
UPDATE sequence_contacts
SET status = 'pending', message_id = NULL, plan_version = NULL, waits_since = NULL, parked_for = NULL,
  -- What it failed for is of before.
  plan_tried = NULL, set_aside_until = NULL, set_aside_reason = NULL
WHERE id = ANY ($1::uuid[]) AND status = 'active' AND processing_device_id IS NULL
RETURNING id
