-- What is in flight under stops ($1: of users, or of all) and was not asked back yet. Bounded without a cursor: what was
-- asked back is not answered again. It reads what is in flight, a few messages a device.
SELECT m.id
FROM unnest($1::text[]) AS k (key)
JOIN stops AS s ON coalesce(s.user_id, '') = k.key
JOIN broadcast_messages AS m ON s.user_id IS NULL OR m.user_id = s.user_id
WHERE m.status = 'processing' AND m.recall_at = m.lease_until
  AND m.id <> ALL (ARRAY(SELECT message_id FROM set_aside_messages WHERE set_aside_at > now() - interval '1 hour'))
LIMIT $2
