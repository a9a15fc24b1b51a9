-- The messages that outcomes and decisions are about, locked in order of id until they are settled.
SELECT id, device_id, status, try_no, attempts, ending, failure_reason, superseded_try,
  sent_at, delivered_at, read_at, taken_tries, refused_tries, provider_message_id, sent_text IS NOT NULL AS text_known,
  statement_timestamp() AS now
FROM broadcast_messages
WHERE id = ANY ($1::uuid[])
ORDER BY id
FOR UPDATE
