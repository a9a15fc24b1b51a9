-- Forgets events of devices that are $1 hours old, oldest first, at most $2 at a call.
DELETE FROM device_events WHERE id IN (
  SELECT id FROM device_events WHERE at < clock_timestamp() - $1::int * interval '1 hour'
  ORDER BY at LIMIT $2::int FOR UPDATE SKIP LOCKED)
