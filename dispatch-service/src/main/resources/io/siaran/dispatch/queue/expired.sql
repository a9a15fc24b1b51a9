-- What waited past its time.
SELECT id, 'expired' AS reason FROM broadcast_messages
WHERE status = 'pending' AND expires_at <= statement_timestamp()
ORDER BY expires_at
LIMIT $1
