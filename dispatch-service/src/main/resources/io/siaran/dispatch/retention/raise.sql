-- Raises the bound to the first month ($1) in which anything waits or is in flight, but never beyond the margin, and never
-- over messages that wait in the default partition for their month.
UPDATE queue_bounds SET open_from = least(first_id($1), settled_before('3 days'))
WHERE NOT EXISTS (SELECT FROM broadcast_messages_default WHERE id < settled_before('3 days'))
