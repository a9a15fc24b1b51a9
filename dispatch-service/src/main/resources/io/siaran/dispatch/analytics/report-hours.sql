-- As report.sql, from counts that know no device: of thousands of devices in a year these are some thousands of rows, and the others a
-- million. {key} is a column, or the hour.
-- $1 user, $2 from day, $3 to before day, $4 campaigns, $5 sequences, $6 niches, $7 kinds, $8 groups at most
SELECT ({key})::text AS key, {label} AS label,
  sum(pending)::bigint AS pending, sum(processing)::bigint AS processing, sum(sent)::bigint AS sent,
  sum(failed)::bigint AS failed, sum(cancelled)::bigint AS cancelled, sum(unknown)::bigint AS unknown,
  sum(delivered)::bigint AS delivered, sum(read)::bigint AS read,
  sum(replied)::bigint AS replied, sum(opted_out)::bigint AS opted_out
FROM (
  SELECT planned_day, planned_hour, kind, campaign_id, sequence_id, sequence_stepid, niche,
    pending, processing, sent, failed, cancelled, unknown, delivered, read, 0 AS replied, 0 AS opted_out
  FROM hour_counts WHERE user_id = $1 AND planned_day >= $2::date AND planned_day < $3::date
  UNION ALL
  SELECT planned_day, planned_hour, kind, campaign_id, sequence_id, sequence_stepid, niche,
    pending, processing, sent, failed, cancelled, unknown, delivered, read, 0 AS replied, 0 AS opted_out
  FROM status_deltas WHERE user_id = $1 AND planned_day >= $2::date AND planned_day < $3::date
  UNION ALL
  SELECT planned_day, planned_hour, kind, campaign_id, sequence_id, sequence_stepid, niche, 0, 0, 0, 0, 0, 0, 0, 0, replied, opted_out
  FROM answer_hours WHERE user_id = $1 AND planned_day >= $2::date AND planned_day < $3::date
) AS c
WHERE ($4::uuid[] IS NULL OR campaign_id = ANY ($4)) AND ($5::uuid[] IS NULL OR sequence_id = ANY ($5))
  AND ($6::text[] IS NULL OR niche = ANY ($6)) AND CASE WHEN $7::text[] IS NULL THEN kind <> 'test' ELSE kind = ANY ($7) END
GROUP BY {key}
ORDER BY {key} NULLS LAST
LIMIT $8
