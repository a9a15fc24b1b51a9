-- Whether a month ($1) has ended by its counts, folded and unfolded.
SELECT coalesce(sum(pending + processing + unknown), 0) = 0 AS ended
FROM (
  SELECT id_day, pending, processing, unknown FROM message_counts
  UNION ALL
  SELECT id_day, pending, processing, unknown FROM status_deltas
) AS counted
WHERE id_day >= $1 AND id_day < $1 + interval '1 month'
