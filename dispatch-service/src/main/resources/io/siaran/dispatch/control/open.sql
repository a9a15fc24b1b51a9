-- An action whose turn it is; nothing when another replica took it, or ended it, since its turn was claimed.
SELECT id, user_id, action, outcome, filter::text AS filter, asked_at, done_to
FROM bulk_actions
WHERE id = $1 AND done_at IS NULL
FOR UPDATE SKIP LOCKED
