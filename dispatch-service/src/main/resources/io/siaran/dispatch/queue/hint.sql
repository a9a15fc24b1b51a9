-- When each leased device has something to do next. With messages in flight, what is due already waits for an outcome
-- (which lowers the hint), so only later messages count. With none in flight, what is due and was not released is about
-- to be parked, ended or unlocked: look again in a second. What a cold hold keeps back is due at its end.
-- One visit to each device's row, which changes all the time: joined to itself, the table was read whole, its dead rows too.
UPDATE device_queue AS d SET next_due = greatest(d.held_until, statement_timestamp() + interval '1 second', coalesce((
  SELECT min(CASE WHEN p.priority > 0 AND first.due_at < d.cold_held_until THEN d.cold_held_until ELSE first.due_at END)
  FROM (
    SELECT CASE WHEN (
        SELECT m.recall_at FROM broadcast_messages AS m
        WHERE m.device_id = d.device_id AND m.status = 'processing' AND m.id >= (SELECT open_from FROM queue_bounds)
        ORDER BY m.recall_at
        LIMIT 1) IS NOT NULL
      THEN statement_timestamp() ELSE '-infinity' END AS after) AS look
  CROSS JOIN (VALUES (0), (1), (2)) AS p (priority)
  CROSS JOIN LATERAL (
    SELECT m.due_at FROM broadcast_messages AS m
    WHERE m.device_id = d.device_id AND m.priority = p.priority AND m.status = 'pending' AND NOT m.parked
      AND m.due_at > look.after AND m.id >= (SELECT open_from FROM queue_bounds)
    ORDER BY m.due_at
    LIMIT 1) AS first), 'infinity'))
WHERE d.device_id = ANY ($1::uuid[])
