-- Locks what waits for webhooks about a person, in the order in which results are recorded (record.sql): an erasure and a result
-- wait for each other in no circle, and the erasure sees what was recorded before it. What is in flight counts as lost, and is told
-- again without who it is about: its receiver may be answering with what it was told. A claim that began before the erasure commits
-- has read what is not erased yet, and looks again at due_at alone: that it leaves these lanes is why they are due later. The cost:
-- what waits about the person is told up to 30 s later. $1 user, $2 phone.
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
UPDATE webhook_lanes AS l SET
  claims = nextval('webhook_claims'), due_at = greatest(l.due_at, clock_timestamp() + interval '30 seconds')
FROM held AS h
WHERE l.webhook_id = h.webhook_id AND l.subject = h.subject
