-- The messages that outcomes and decisions are about, locked in order of id until they are settled.
SELECT m.id, device_id, status, try_no, attempts, released_at, not_after, ending, failure_reason, superseded_try,
  sent_at, delivered_at, read_at, taken_tries, refused_tries, provider_message_id, sent_text IS NOT NULL AS text_known,
  m.priority = 0 AS direct,
  statement_timestamp() AS now
FROM (SELECT DISTINCT id FROM unnest($1::uuid[]) AS ids (id)) AS asked
JOIN broadcast_messages AS m ON m.id = asked.id
ORDER BY m.id
FOR UPDATE OF m
