-- Remembers withdrawals: of a message that has not come yet, and of one that its own consumer is storing at this moment
-- under another key. The release and the reconciliation read them once both are committed.
WITH kept AS (
  INSERT INTO withdrawals (message_id, user_id)
  SELECT message_id, user_id FROM unnest($1::text[]::uuid[], $2::text[]) AS w (message_id, user_id)
  ORDER BY message_id
  ON CONFLICT DO NOTHING
  RETURNING message_id
)
INSERT INTO reconciliations (subject, key) SELECT 'withdrawal', message_id::text FROM kept ORDER BY message_id
ON CONFLICT DO NOTHING
