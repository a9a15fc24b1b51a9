-- What became of the messages of a user ($1) that were planned on days from $2 to before $3, in groups: folded and unfolded counts in
-- one statement, so of one moment, and in each group stored is the sum of the statuses. Messages are not read. {key} is a column.
-- $4 devices, $5 campaigns, $6 sequences, $7 niches, $8 kinds (null: all; without kinds tests are left out), $9 groups at most
SELECT {key}::text AS key, {label} AS label,
  sum(pending)::bigint AS pending, sum(processing)::bigint AS processing, sum(sent)::bigint AS sent,
  sum(failed)::bigint AS failed, sum(cancelled)::bigint AS cancelled, sum(unknown)::bigint AS unknown,
  sum(delivered)::bigint AS delivered, sum(read)::bigint AS read,
  sum(replied)::bigint AS replied, sum(opted_out)::bigint AS opted_out
FROM (
  SELECT planned_day, device_id, kind, campaign_id, sequence_id, sequence_stepid, niche,
    pending, processing, sent, failed, cancelled, unknown, delivered, read, 0 AS replied, 0 AS opted_out
  FROM message_counts WHERE user_id = $1 AND planned_day >= $2::date AND planned_day < $3::date
  UNION ALL
  SELECT planned_day, device_id, kind, campaign_id, sequence_id, sequence_stepid, niche,
    pending, processing, sent, failed, cancelled, unknown, delivered, read, 0 AS replied, 0 AS opted_out
  FROM status_deltas WHERE user_id = $1 AND planned_day >= $2::date AND planned_day < $3::date
  UNION ALL
  SELECT planned_day, device_id, kind, campaign_id, sequence_id, sequence_stepid, niche, 0, 0, 0, 0, 0, 0, 0, 0, replied, opted_out
  FROM answer_counts WHERE user_id = $1 AND planned_day >= $2::date AND planned_day < $3::date
) AS c
WHERE ($4::uuid[] IS NULL OR device_id = ANY ($4)) AND ($5::uuid[] IS NULL OR campaign_id = ANY ($5))
  AND ($6::uuid[] IS NULL OR sequence_id = ANY ($6)) AND ($7::text[] IS NULL OR niche = ANY ($7))
  AND CASE WHEN $8::text[] IS NULL THEN kind <> 'test' ELSE kind = ANY ($8) END
GROUP BY {key}
ORDER BY {key} NULLS LAST
LIMIT $9
