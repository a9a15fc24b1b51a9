-- The leads of a user ($1) with a phone ($2).
SELECT id, device_id, name, deleted FROM leads WHERE user_id = $1 AND phone = $2 ORDER BY id LIMIT 100
