-- Claims people who were suppressed lately and answers their unsent messages; swept twice, as plans are.
WITH claimed AS (
  SELECT user_id, phone FROM suppressions
  WHERE sweep_at <= statement_timestamp()
  ORDER BY sweep_at
  LIMIT $1
  FOR UPDATE SKIP LOCKED
),
swept AS (
  UPDATE suppressions AS s SET
    sweep_at = CASE WHEN statement_timestamp() < s.changed_at + interval '1 minute' THEN s.changed_at + interval '1 minute' END
  FROM claimed AS c
  WHERE s.user_id = c.user_id AND s.phone = c.phone
  RETURNING s.user_id, s.phone, s.deleted
)
SELECT m.id, 'suppressed' AS reason
FROM swept AS s
JOIN broadcast_messages AS m ON m.user_id = s.user_id AND m.recipient_phone = s.phone
WHERE NOT s.deleted AND m.status IN ('pending', 'processing')
