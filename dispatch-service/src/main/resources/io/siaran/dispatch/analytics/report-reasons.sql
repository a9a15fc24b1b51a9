-- As report.sql, by the reason for which messages failed or were cancelled; all others are left out.
-- $1 user, $2 from day, $3 to before day, $4 campaigns, $5 sequences, $6 kinds, $7 groups at most
SELECT reason AS key, NULL AS label, 0::bigint AS pending, 0::bigint AS processing, 0::bigint AS sent,
  CASE WHEN ended_status(reason) = 'cancelled' THEN 0 ELSE sum(messages) END::bigint AS failed,
  CASE WHEN ended_status(reason) = 'cancelled' THEN sum(messages) ELSE 0 END::bigint AS cancelled,
  0::bigint AS unknown, 0::bigint AS delivered, 0::bigint AS read, 0::bigint AS replied, 0::bigint AS opted_out
FROM (
  SELECT kind, campaign_id, sequence_id, reason, messages
  FROM reason_counts WHERE user_id = $1 AND planned_day >= $2::date AND planned_day < $3::date
  UNION ALL
  SELECT d.kind, d.campaign_id, d.sequence_id, r.key, r.value::bigint
  FROM status_deltas AS d CROSS JOIN LATERAL jsonb_each_text(d.reasons) AS r
  WHERE d.user_id = $1 AND d.planned_day >= $2::date AND d.planned_day < $3::date
) AS c
WHERE ($4::uuid[] IS NULL OR campaign_id = ANY ($4)) AND ($5::uuid[] IS NULL OR sequence_id = ANY ($5))
  AND CASE WHEN $6::text[] IS NULL THEN kind <> 'test' ELSE kind = ANY ($6) END
GROUP BY reason
HAVING sum(messages) <> 0
ORDER BY reason
LIMIT $7
