-- Remembers withdrawals whose message has not come yet; store.sql uses them up.
INSERT INTO withdrawals (message_id, user_id)
SELECT w.message_id, w.user_id
FROM unnest($1::uuid[], $2::text[]) AS w (message_id, user_id)
WHERE NOT EXISTS (SELECT FROM broadcast_messages AS m WHERE m.id = w.message_id)
ORDER BY w.message_id
ON CONFLICT DO NOTHING
