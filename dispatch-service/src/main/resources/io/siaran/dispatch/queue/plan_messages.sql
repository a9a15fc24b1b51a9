-- The next unsent messages of a plan, with what the plan wants of each: an end, or to wait or not to wait for it.
SELECT m.id,
  CASE
    WHEN p.status = 'cancelled' OR p.deleted THEN 'plan_cancelled'
    WHEN m.run < p.run THEN 'superseded_run'
    WHEN m.kind = 'campaign' AND m.run > 1 AND EXISTS (
      SELECT FROM broadcast_messages AS earlier
      WHERE earlier.kind = 'campaign' AND earlier.status IN ('sent', 'unknown')
        AND earlier.campaign_id = m.campaign_id AND earlier.lead_id = m.lead_id AND earlier.run < m.run)
      THEN 'sent_in_earlier_run'
  END AS reason,
  p.status = 'paused' AS paused
FROM plans AS p
JOIN broadcast_messages AS m ON m.plan_id = p.id AND m.user_id = p.user_id
WHERE p.id = ($1::text[])[1]::uuid AND m.status IN ('pending', 'processing') AND m.id > $2
ORDER BY m.id
LIMIT $3
