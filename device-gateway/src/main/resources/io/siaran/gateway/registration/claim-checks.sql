-- Takes the devices whose check is due (at most ?2, of the platforms ?3, comma-separated) and sets their next one ?1 ms
-- ahead, so that every instance asks for other devices and a crash delays a check by one interval.
UPDATE devices SET next_check_at = clock_timestamp() + ?1 * interval '1 millisecond'
WHERE id IN (
  SELECT id FROM devices
  WHERE NOT deleted AND status <> 'paused' AND next_check_at <= clock_timestamp()
    AND platform = ANY (string_to_array(?3, ','))
  ORDER BY next_check_at LIMIT ?2
  FOR UPDATE SKIP LOCKED)
RETURNING id
