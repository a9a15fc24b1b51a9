-- When each leased device has something to do next. With messages in flight, what is due already waits for an outcome
-- (which lowers the hint), so only later messages count. With none in flight, what is due and was not released is about
-- to be parked, ended or unlocked: look again in a second. What a cold hold keeps back is due at its end.
UPDATE device_queue AS d SET next_due = greatest(d.held_until, next.due)
FROM (
  SELECT q.device_id, greatest(
      coalesce(min(CASE WHEN p.priority > 0 AND first.due_at < held.cold_held_until THEN held.cold_held_until
        ELSE first.due_at END), 'infinity'),
      statement_timestamp() + interval '1 second') AS due
  FROM unnest($1::uuid[]) AS q (device_id)
  JOIN device_queue AS held ON held.device_id = q.device_id
  CROSS JOIN LATERAL (
    SELECT CASE WHEN (
        SELECT m.recall_at FROM broadcast_messages AS m
        WHERE m.device_id = q.device_id AND m.status = 'processing' AND m.id >= (SELECT open_from FROM queue_bounds)
        ORDER BY m.recall_at
        LIMIT 1) IS NOT NULL
      THEN statement_timestamp() ELSE '-infinity' END AS after) AS look
  CROSS JOIN (VALUES (0), (1), (2)) AS p (priority)
  LEFT JOIN LATERAL (
    SELECT m.due_at FROM broadcast_messages AS m
    WHERE m.device_id = q.device_id AND m.priority = p.priority AND m.status = 'pending' AND NOT m.parked
      AND m.due_at > look.after AND m.id >= (SELECT open_from FROM queue_bounds)
    ORDER BY m.due_at
    LIMIT 1) AS first ON true
  GROUP BY q.device_id
) AS next
WHERE d.device_id = next.device_id
