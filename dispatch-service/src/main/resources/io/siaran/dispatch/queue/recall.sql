-- Asks the gateway for tries whose lease lapsed or which somebody stopped, again every $2 seconds until it answers. It
-- moves nothing: only the answer does. A Send that was never published heals the same way. What is past its time ends if
-- it comes back; no turn of it begins any more, since its not_after was no later.
WITH due AS (
  SELECT id FROM broadcast_messages
  WHERE status = 'processing' AND recall_at <= statement_timestamp()
    AND id <> ALL (ARRAY(SELECT message_id FROM set_aside_messages WHERE set_aside_at > now() - interval '1 hour'))
  ORDER BY recall_at
  LIMIT $1
  FOR UPDATE SKIP LOCKED
),
asked AS (
  UPDATE broadcast_messages AS m SET
    recall_at = statement_timestamp() + $2::int * interval '1 second',
    ending    = coalesce(m.ending, CASE WHEN m.expires_at <= statement_timestamp() THEN 'expired' END)
  WHERE m.id = ANY (ARRAY(SELECT id FROM due))
  RETURNING m.id, m.try_no, m.user_id, m.device_id
)
INSERT INTO outbox (topic, key, payload)
SELECT 'device-sends', device_id,
  recall_record(id, try_no, user_id, device_id)
FROM asked
