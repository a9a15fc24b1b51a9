-- Which of these withdrawals have their message here, unsent, and of the same user.
SELECT m.id, 'withdrawn' AS reason
FROM unnest($1::uuid[], $2::text[]) AS w (message_id, user_id)
JOIN broadcast_messages AS m ON m.id = w.message_id AND m.user_id = w.user_id
WHERE m.status IN ('pending', 'processing')
