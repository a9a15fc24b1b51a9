-- Opens the breakers of hosts that are in trouble: at least $2 of their devices are held for it ($1 troubles in a row and
-- more), and that share ($3) of those that called within the last hour, and the host served nobody for $4 ms. Its first
-- probe comes $5 ms later. Answers which.
-- Reads held devices, and the others of a host only where it is about to open. Any instance may do this at any time.
WITH troubled AS MATERIALIZED (
  SELECT host, count(*) AS holding FROM device_pacing
  WHERE hold_reason = 'platform_trouble' AND troubles >= $1::int AND held_until > clock_timestamp() - interval '1 minute'
  GROUP BY host HAVING count(*) >= $2::int
), candidate AS MATERIALIZED (
  SELECT h.host, holding FROM troubled JOIN platform_hosts h USING (host)
  WHERE h.open_since IS NULL AND h.served_at < clock_timestamp() - $4::bigint * interval '1 millisecond'
  ORDER BY h.host
  FOR UPDATE OF h SKIP LOCKED
), judged AS (
  SELECT candidate.*, calling.devices AS calling
  FROM candidate CROSS JOIN LATERAL (
    SELECT count(*) AS devices FROM devices d JOIN device_pacing p ON p.device_id = d.id
    WHERE d.host = candidate.host AND NOT d.deleted AND p.busy_until > clock_timestamp() - interval '1 hour') AS calling
)
UPDATE platform_hosts h SET
  open_since = clock_timestamp(), next_probe_at = clock_timestamp() + $5::bigint * interval '1 millisecond', releasing = NULL
FROM judged WHERE h.host = judged.host AND holding >= calling * $3::float8
RETURNING h.host, holding, calling
