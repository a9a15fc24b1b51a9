-- Takes the devices whose check is due (at most $2, of the platforms $3) and sets their next one about $1 ms ahead, so that
-- every instance asks for other devices and a crash delays a check by one interval. Up to a tenth sooner or later, so that
-- devices that were registered together are not asked together for ever; at the end of a hold that comes before. A quarter as
-- often while it is well and its platform tells by itself when that changes.
UPDATE devices SET next_check_at = least(
  clock_timestamp() + $1::bigint * (0.9 + 0.2 * random()) * interval '1 millisecond'
    * CASE WHEN condition = 'online' AND failed_checks = 0 AND connection_told_at > clock_timestamp() - interval '7 days'
        THEN 4 ELSE 1 END,
  CASE WHEN held_until > clock_timestamp() THEN held_until END)
WHERE id IN (
  SELECT id FROM devices
  WHERE NOT deleted AND status <> 'paused' AND next_check_at <= clock_timestamp()
    AND platform = ANY ($3::text[])
  ORDER BY next_check_at LIMIT $2::int
  FOR UPDATE SKIP LOCKED)
RETURNING id
