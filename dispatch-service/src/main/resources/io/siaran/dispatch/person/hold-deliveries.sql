-- Locks what waits for webhooks about a person, in the order in which results are recorded (record.sql): an erasure and a result
-- wait for each other in no circle, and the erasure sees what was recorded before it. What is in flight counts as lost, and is told
-- again without who it is about: its receiver may be answering with what it was told. $1 user, $2 phone.
WITH held AS MATERIALIZED (
  SELECT l.webhook_id, l.subject
  FROM webhooks AS w
  JOIN webhook_lanes AS l ON l.webhook_id = w.id
  WHERE w.user_id = $1::text AND l.subject = ANY (ARRAY(
    SELECT $2::text
    UNION ALL SELECT id::text FROM broadcast_messages WHERE user_id = $1::text AND recipient_phone = $2::text
    UNION ALL SELECT id::text FROM leads WHERE user_id = $1::text AND phone = $2::text))
  ORDER BY l.webhook_id, l.subject
  FOR UPDATE OF l
)
UPDATE webhook_lanes AS l SET claims = nextval('webhook_claims')
FROM held AS h
WHERE l.webhook_id = h.webhook_id AND l.subject = h.subject
