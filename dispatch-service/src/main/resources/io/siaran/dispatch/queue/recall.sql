-- Asks the gateway for tries ($1, locked by lapsed.sql) whose lease lapsed or which somebody stopped, again every $2 seconds until it
-- answers. It moves nothing: only the answer does. A Send that was never published heals the same way. What is past its time ends if
-- it comes back; no turn of it begins any more, since its not_after was no later.
WITH asked AS (
  UPDATE broadcast_messages AS m SET
    recall_at = statement_timestamp() + $2::int * interval '1 second',
    ending    = coalesce(m.ending, CASE WHEN m.expires_at <= statement_timestamp() THEN 'expired' END)
  WHERE m.id = ANY ($1::uuid[])
  RETURNING m.id, m.try_no, m.user_id, m.device_id
)
INSERT INTO outbox (topic, key, payload)
SELECT 'device-sends', device_id,
  recall_record(id, try_no, user_id, device_id)
FROM asked
