-- What recall.sql asks for next; nobody else changes it meanwhile.
SELECT id FROM broadcast_messages
WHERE status = 'processing' AND recall_at <= statement_timestamp()
  AND id <> ALL (ARRAY(SELECT message_id FROM set_aside_messages WHERE set_aside_at > now() - interval '1 hour'))
ORDER BY recall_at
LIMIT $1
FOR UPDATE SKIP LOCKED
