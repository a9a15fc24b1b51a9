-- The device (?1) is from now on the number that its row says, and takes over what that number said as other devices: its
-- pause, its day, its hour. So neither a new registration nor another credential lets a number speak sooner or more.
-- A device has taken over from those before it, so the one that said most has counted everything. A turn of an older
-- device that is just beginning holds its row and is waited for; a call under way counts up to its deadline.
WITH number AS (
  SELECT fingerprint FROM devices WHERE id = CAST(?1 AS uuid)
), noted AS (
  INSERT INTO device_numbers (fingerprint, device_id, since)
  SELECT fingerprint, CAST(?1 AS uuid), clock_timestamp() FROM number
  ON CONFLICT DO NOTHING
), before AS MATERIALIZED (
  SELECT busy_until, day, said, hour FROM device_pacing
  WHERE device_id IN (
    SELECT device_id FROM number JOIN device_numbers USING (fingerprint) UNION SELECT CAST(?1 AS uuid))
  ORDER BY device_id
  FOR UPDATE
)
INSERT INTO device_pacing (device_id, busy_until, day, said, hour)
SELECT
  CAST(?1 AS uuid),
  max(busy_until),
  max(day),
  coalesce((SELECT max(said) FROM before WHERE day = (SELECT max(day) FROM before)), 0),
  ARRAY(SELECT DISTINCT began FROM before, unnest(hour) AS began ORDER BY began)
FROM before HAVING count(*) > 0
ON CONFLICT (device_id) DO UPDATE
SET busy_until = excluded.busy_until, day = excluded.day, said = excluded.said, hour = excluded.hour
