-- Where the counts of one id_day are not what the rows say; nothing, if all is well. One statement, so one snapshot: what
-- is folded, what is not yet, and the rows belong to the same moment, however busy the queue is.
SELECT user_id, planned_day, device_id, kind, campaign_id, run, sequence_id, sequence_stepid, niche,
  sum(pending) AS pending, sum(processing) AS processing, sum(sent) AS sent, sum(failed) AS failed,
  sum(cancelled) AS cancelled, sum(unknown) AS unknown, sum(delivered) AS delivered, sum(read) AS read
FROM (
  SELECT user_id, planned_day, device_id, kind, campaign_id, run, sequence_id, sequence_stepid, niche,
    pending, processing, sent, failed, cancelled, unknown, delivered, read
  FROM message_counts WHERE id_day = $1::date
  UNION ALL
  SELECT user_id, planned_day, device_id, kind, campaign_id, run, sequence_id, sequence_stepid, niche,
    pending, processing, sent, failed, cancelled, unknown, delivered, read
  FROM status_deltas WHERE id_day = $1::date
  UNION ALL
  SELECT user_id, planned_day, device_id, kind, campaign_id, run, sequence_id, sequence_stepid, counted_niche(niche),
    -count(*) FILTER (WHERE status = 'pending'), -count(*) FILTER (WHERE status = 'processing'),
    -count(*) FILTER (WHERE status = 'sent'), -count(*) FILTER (WHERE status = 'failed'),
    -count(*) FILTER (WHERE status = 'cancelled'), -count(*) FILTER (WHERE status = 'unknown'),
    -count(delivered_at), -count(read_at)
  FROM broadcast_messages WHERE id >= first_id($1::date) AND id < first_id($1::date + 1)
  GROUP BY user_id, planned_day, device_id, kind, campaign_id, run, sequence_id, sequence_stepid, counted_niche(niche)
) AS d
GROUP BY user_id, planned_day, device_id, kind, campaign_id, run, sequence_id, sequence_stepid, niche
HAVING (sum(pending), sum(processing), sum(sent), sum(failed), sum(cancelled), sum(unknown), sum(delivered), sum(read))
  <> (0, 0, 0, 0, 0, 0, 0, 0)
LIMIT 100
