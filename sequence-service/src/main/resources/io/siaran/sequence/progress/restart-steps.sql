-- These steps ($1) had an outcome and are under way again, because an operator retries their messages.
UPDATE sequence_contacts
SET status = 'active', failure_reason = NULL, sent_at = NULL, unknown_since = NULL, settled_at = NULL,
  changed_at = statement_timestamp()
WHERE id = ANY ($1::uuid[])
