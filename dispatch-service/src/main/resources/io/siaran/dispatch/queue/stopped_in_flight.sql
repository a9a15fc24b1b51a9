-- What is in flight under a stop ($1: of a user, or of all) and was not asked back yet.
SELECT m.id
FROM stops AS s
JOIN broadcast_messages AS m ON s.user_id IS NULL OR m.user_id = s.user_id
WHERE coalesce(s.user_id, '') = ($1::text[])[1] AND m.status = 'processing' AND m.recall_at = m.lease_until AND m.id > $2
ORDER BY m.id
LIMIT $3
