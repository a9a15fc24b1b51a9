-- What waited past its time.
SELECT m.id, 'expired' AS reason FROM broadcast_messages AS m
WHERE status = 'pending' AND expires_at <= statement_timestamp()
  AND m.id <> ALL (ARRAY(SELECT message_id FROM set_aside_messages WHERE set_aside_at > now() - interval '1 hour'))
ORDER BY expires_at
LIMIT $1
