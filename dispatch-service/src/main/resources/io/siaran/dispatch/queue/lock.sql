-- The messages that outcomes are about, locked in order of id until they are settled.
SELECT id, device_id, status, try_no, attempts, ending, statement_timestamp() AS now
FROM broadcast_messages
WHERE id = ANY ($1::uuid[])
ORDER BY id
FOR UPDATE
