-- Raises the version of all devices of a user ($1), since it asks something else of them, and publishes their snapshots.
-- Locked in the order of their ids.
WITH own AS MATERIALIZED (
  SELECT id FROM devices WHERE user_id = $1::text AND NOT deleted ORDER BY id FOR UPDATE
), changed AS (
  UPDATE devices d SET version = d.version + 1, updated_at = clock_timestamp() FROM own WHERE d.id = own.id
  RETURNING d AS device
)
INSERT INTO outbox (topic, key, payload)
SELECT 'devices', (device).id::text, device_snapshot(device) FROM changed
