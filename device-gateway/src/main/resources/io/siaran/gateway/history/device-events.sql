-- The events of a device ($1), the newest first, before the event $2; at most $3.
SELECT id, kind, condition, status, since, reason, held_until, at FROM device_events
WHERE device_id = $1::uuid AND id < $2::bigint ORDER BY id DESC LIMIT $3::int
