-- Withdrawals whose message is here, unsent, and of the same user.
SELECT m.id, 'withdrawn' AS reason
FROM unnest($1::text[]) AS k (key)
JOIN withdrawals AS w ON w.message_id = k.key::uuid
JOIN broadcast_messages AS m ON m.id = w.message_id AND m.user_id = w.user_id
WHERE (m.status = 'pending' OR (m.status = 'processing' AND m.ending IS NULL))
  AND m.id <> ALL (ARRAY(SELECT message_id FROM set_aside_messages WHERE set_aside_at > now() - interval '1 hour'))
LIMIT $2
