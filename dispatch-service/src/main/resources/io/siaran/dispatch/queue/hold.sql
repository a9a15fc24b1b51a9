-- The gateway said that these devices ($1) may not speak before a time ($2), and why ($3), or gave a try back that the next one
-- would follow at once: nothing is released for them until then, or, where $4 says so, nothing but direct messages. The hint
-- is left for a hold of the latter kind: the next look finds what passes, or puts the hint off.
UPDATE device_queue AS d SET
  held_until = CASE WHEN lasts THEN h.until ELSE d.held_until END,
  hold_reason = CASE WHEN lasts THEN h.reason ELSE d.hold_reason END,
  next_due = CASE WHEN lasts THEN greatest(d.next_due, h.until) ELSE d.next_due END,
  cold_held_until = CASE WHEN cold_lasts THEN h.cold_until ELSE d.cold_held_until END,
  cold_hold_reason = CASE WHEN cold_lasts THEN h.cold_reason ELSE d.cold_hold_reason END
FROM (
  SELECT held.*,
    held.until > coalesce(known.held_until, '-infinity') AS lasts,
    held.cold_until > coalesce(known.cold_held_until, '-infinity') AS cold_lasts
  FROM (
    SELECT device_id,
      max(until) FILTER (WHERE NOT cold) AS until,
      (array_agg(reason ORDER BY until DESC) FILTER (WHERE NOT cold))[1] AS reason,
      max(until) FILTER (WHERE cold) AS cold_until,
      (array_agg(reason ORDER BY until DESC) FILTER (WHERE cold))[1] AS cold_reason
    FROM unnest($1::uuid[], $2::timestamptz[], $3::text[], $4::boolean[]) AS t (device_id, until, reason, cold)
    GROUP BY device_id) AS held
  JOIN device_queue AS known ON known.device_id = held.device_id
) AS h
WHERE d.device_id = h.device_id AND (lasts OR cold_lasts)
