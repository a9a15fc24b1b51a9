-- Leaves a contact's step ($1), which cannot be planned anew by a plan ($4) of its sequence, alone for $2 seconds or until there is a newer
-- plan, because it failed ($3).
UPDATE sequence_contacts
SET set_aside_until = statement_timestamp() + make_interval(secs => $2), set_aside_reason = $3, plan_tried = $4
WHERE id = $1
