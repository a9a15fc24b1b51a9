-- What became of the messages of each user, day by day, from folded and unfolded counts of one moment: by the index of days.
-- $1 from day, $2 to before day, $3 the user, or null: all, $4 and $5 the day and the user behind which this page begins, or nulls,
-- $6 rows
SELECT planned_day, user_id, sum(pending + processing)::bigint AS open, sum(sent)::bigint AS sent, sum(failed)::bigint AS failed,
  sum(cancelled)::bigint AS cancelled, sum(unknown)::bigint AS unknown, sum(delivered)::bigint AS delivered, sum(read)::bigint AS read
FROM (
  SELECT planned_day, user_id, kind, pending, processing, sent, failed, cancelled, unknown, delivered, read
  FROM hour_counts WHERE planned_day >= greatest($1::date, $4::date) AND planned_day < $2::date
  UNION ALL
  SELECT planned_day, user_id, kind, pending, processing, sent, failed, cancelled, unknown, delivered, read
  FROM status_deltas WHERE planned_day >= greatest($1::date, $4::date) AND planned_day < $2::date
) AS c
WHERE kind <> 'test' AND ($3::text IS NULL OR user_id = $3)
  AND ($4::date IS NULL OR (planned_day, user_id) > ($4::date, $5::text))
GROUP BY planned_day, user_id
ORDER BY planned_day, user_id
LIMIT $6
