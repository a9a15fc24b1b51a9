-- What the webhooks of a user ($1) were told of a message ($2), in order.
SELECT d.event_id, d.type, d.webhook_id, d.status, d.attempts, d.code, d.tried_at
FROM events AS e
JOIN webhooks AS w ON w.user_id = e.user_id
JOIN webhook_deliveries AS d ON d.webhook_id = w.id AND d.position = e.position
WHERE e.user_id = $1 AND e.subject = $2
ORDER BY e.position, d.webhook_id
LIMIT 500
