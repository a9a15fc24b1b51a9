-- Notes of devices ($1), to the hour, that their platforms tell of their connections by themselves. Locked in order of id, as all who
-- lock several devices do.
UPDATE devices d SET connection_told_at = clock_timestamp()
FROM (
  SELECT id FROM devices
  WHERE id = ANY ($1::uuid[])
    AND (connection_told_at IS NULL OR connection_told_at < clock_timestamp() - interval '1 hour')
  ORDER BY id
  FOR UPDATE) AS telling
WHERE d.id = telling.id
