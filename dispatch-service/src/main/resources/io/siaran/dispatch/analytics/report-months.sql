-- As report.sql, by device: whole months from the counts of months, of which thousands of devices have a row each, and the days before and
-- after them from those of days.
-- $1 user, $2 from day, $3 from the month, $4 to before the month, $5 to before day, $6 devices, $7 kinds, $8 groups at most
SELECT {key}::text AS key, {label} AS label,
  sum(pending)::bigint AS pending, sum(processing)::bigint AS processing, sum(sent)::bigint AS sent,
  sum(failed)::bigint AS failed, sum(cancelled)::bigint AS cancelled, sum(unknown)::bigint AS unknown,
  sum(delivered)::bigint AS delivered, sum(read)::bigint AS read,
  sum(replied)::bigint AS replied, sum(opted_out)::bigint AS opted_out
FROM (
  SELECT device_id, kind, pending, processing, sent, failed, cancelled, unknown, delivered, read, 0 AS replied, 0 AS opted_out
  FROM device_months WHERE user_id = $1 AND month >= $3::date AND month < $4::date
  UNION ALL
  SELECT device_id, kind, pending, processing, sent, failed, cancelled, unknown, delivered, read, 0 AS replied, 0 AS opted_out
  FROM message_counts WHERE user_id = $1 AND planned_day >= $2::date AND planned_day < $3::date
  UNION ALL
  SELECT device_id, kind, pending, processing, sent, failed, cancelled, unknown, delivered, read, 0 AS replied, 0 AS opted_out
  FROM message_counts WHERE user_id = $1 AND planned_day >= $4::date AND planned_day < $5::date
  UNION ALL
  SELECT device_id, kind, pending, processing, sent, failed, cancelled, unknown, delivered, read, 0 AS replied, 0 AS opted_out
  FROM status_deltas WHERE user_id = $1 AND planned_day >= $2::date AND planned_day < $5::date
  UNION ALL
  SELECT device_id, kind, 0, 0, 0, 0, 0, 0, 0, 0, replied, opted_out
  FROM answer_months WHERE user_id = $1 AND month >= $3::date AND month < $4::date
  UNION ALL
  SELECT device_id, kind, 0, 0, 0, 0, 0, 0, 0, 0, replied, opted_out
  FROM answer_counts WHERE user_id = $1 AND planned_day >= $2::date AND planned_day < $3::date
  UNION ALL
  SELECT device_id, kind, 0, 0, 0, 0, 0, 0, 0, 0, replied, opted_out
  FROM answer_counts WHERE user_id = $1 AND planned_day >= $4::date AND planned_day < $5::date
) AS c
WHERE ($6::uuid[] IS NULL OR device_id = ANY ($6)) AND CASE WHEN $7::text[] IS NULL THEN kind <> 'test' ELSE kind = ANY ($7) END
GROUP BY {key}
ORDER BY {key} NULLS LAST
LIMIT $8
