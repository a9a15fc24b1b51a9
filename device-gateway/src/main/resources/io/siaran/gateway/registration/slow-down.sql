-- Stretches the pauses of devices ($1) to so many times ($2) what they are, where their owner wants that and they are not so yet, and
-- publishes their snapshots. Locked in order of id, as all who lock several devices do, and before the outbox takes an id.
WITH locked AS MATERIALIZED (
  SELECT d.id, asked.factor FROM unnest($1::uuid[], $2::int[]) AS asked (id, factor) JOIN devices d USING (id)
  WHERE d.auto_slow AND NOT d.deleted AND d.slow_factor <> asked.factor
  ORDER BY d.id FOR UPDATE OF d
), slowed AS (
  UPDATE devices d SET slow_factor = locked.factor, version = d.version + 1, updated_at = clock_timestamp()
  FROM locked WHERE d.id = locked.id RETURNING d AS device
)
INSERT INTO outbox (topic, key, payload)
SELECT 'devices', (device).id::text, device_snapshot(device) FROM slowed
RETURNING key
