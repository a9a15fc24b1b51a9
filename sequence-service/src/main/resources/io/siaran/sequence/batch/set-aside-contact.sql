-- Leaves a contact's step ($1) alone for $2 seconds, because it cannot be processed ($3).
UPDATE sequence_contacts
SET set_aside_until = statement_timestamp() + make_interval(secs => $2), set_aside_reason = $3
WHERE id = $1
