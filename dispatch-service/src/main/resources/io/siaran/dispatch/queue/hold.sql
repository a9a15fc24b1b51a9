-- The gateway said that these devices may not speak before a time, or gave a try back that the next one would follow at
-- once: nothing is released for them until then.
UPDATE device_queue AS d SET held_until = h.until, hold_reason = h.reason, next_due = greatest(d.next_due, h.until)
FROM (
  SELECT DISTINCT ON (device_id) device_id, until, reason
  FROM unnest($1::uuid[], $2::timestamptz[], $3::text[]) AS t (device_id, until, reason)
  ORDER BY device_id, until DESC
) AS h
WHERE d.device_id = h.device_id AND (d.held_until IS NULL OR d.held_until < h.until)
