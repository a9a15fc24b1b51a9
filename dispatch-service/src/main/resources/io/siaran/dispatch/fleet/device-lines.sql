-- What the devices of a user have to do, all or these ($4). Counts are read, not made; the rest is a look-up a device and priority
-- in the index of the release, in each month that may have open messages, however many wait.
SELECT d.device_id, d.name, d.status,
  greatest(d.held_until, d.cold_held_until) AS held_until,
  CASE WHEN d.cold_held_until > coalesce(d.held_until, '-infinity') THEN d.cold_hold_reason ELSE d.hold_reason END AS hold_reason,
  d.min_delay, d.max_delay, d.hourly_cap, d.daily_cap,
  coalesce(c.pending, 0) AS backlog, flight.messages AS in_flight, waiting.next_due, waiting.last_due,
  statement_timestamp() AS now
FROM (
  SELECT * FROM device_queue WHERE $4::uuid[] IS NULL AND device_id > $2
  UNION ALL
  SELECT * FROM device_queue WHERE device_id = ANY ($4::uuid[]) AND device_id > $2) AS d
LEFT JOIN device_counts AS c ON c.device_id = d.device_id AND c.user_id = d.user_id
CROSS JOIN LATERAL (
  SELECT count(*)::int AS messages FROM broadcast_messages AS m
  WHERE m.device_id = d.device_id AND m.status = 'processing' AND m.id >= (SELECT open_from FROM queue_bounds)) AS flight
CROSS JOIN LATERAL (
  SELECT min(first.due_at) AS next_due, max(last.due_at) AS last_due
  FROM (VALUES (0), (1), (2)) AS p (priority)
  LEFT JOIN LATERAL (
    SELECT m.due_at FROM broadcast_messages AS m
    WHERE m.device_id = d.device_id AND m.priority = p.priority AND m.status = 'pending' AND NOT m.parked
      AND m.id >= (SELECT open_from FROM queue_bounds)
    ORDER BY m.due_at
    LIMIT 1) AS first ON true
  LEFT JOIN LATERAL (
    SELECT m.due_at FROM broadcast_messages AS m
    WHERE m.device_id = d.device_id AND m.priority = p.priority AND m.status = 'pending' AND NOT m.parked
      AND m.id >= (SELECT open_from FROM queue_bounds)
    ORDER BY m.due_at DESC
    LIMIT 1) AS last ON true) AS waiting
WHERE d.user_id = $1 AND NOT d.deleted
ORDER BY d.device_id
LIMIT $3
