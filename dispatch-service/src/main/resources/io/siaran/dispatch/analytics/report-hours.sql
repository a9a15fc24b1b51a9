-- As report.sql, by hour: from counts that know no device, step or niche.
-- $1 user, $2 from day, $3 to before day, $4 campaigns, $5 sequences, $6 kinds, $7 groups at most
SELECT to_char(planned_day, 'YYYY-MM-DD') || 'T' || lpad(planned_hour::text, 2, '0') AS key, NULL AS label,
  sum(pending)::bigint AS pending, sum(processing)::bigint AS processing, sum(sent)::bigint AS sent,
  sum(failed)::bigint AS failed, sum(cancelled)::bigint AS cancelled, sum(unknown)::bigint AS unknown,
  sum(delivered)::bigint AS delivered, sum(read)::bigint AS read,
  sum(replied)::bigint AS replied, sum(opted_out)::bigint AS opted_out
FROM (
  SELECT planned_day, planned_hour, kind, campaign_id, sequence_id,
    pending, processing, sent, failed, cancelled, unknown, delivered, read, 0 AS replied, 0 AS opted_out
  FROM hour_counts WHERE user_id = $1 AND planned_day >= $2::date AND planned_day < $3::date
  UNION ALL
  SELECT planned_day, planned_hour, kind, campaign_id, sequence_id,
    pending, processing, sent, failed, cancelled, unknown, delivered, read, 0 AS replied, 0 AS opted_out
  FROM status_deltas WHERE user_id = $1 AND planned_day >= $2::date AND planned_day < $3::date
  UNION ALL
  SELECT planned_day, planned_hour, kind, campaign_id, sequence_id, 0, 0, 0, 0, 0, 0, 0, 0, replied, opted_out
  FROM answer_counts WHERE user_id = $1 AND planned_day >= $2::date AND planned_day < $3::date
) AS c
WHERE ($4::uuid[] IS NULL OR campaign_id = ANY ($4)) AND ($5::uuid[] IS NULL OR sequence_id = ANY ($5))
  AND CASE WHEN $6::text[] IS NULL THEN kind <> 'test' ELSE kind = ANY ($6) END
GROUP BY planned_day, planned_hour
ORDER BY planned_day, planned_hour
LIMIT $7
