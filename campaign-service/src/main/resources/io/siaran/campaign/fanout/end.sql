-- The audience has no more leads: somebody is to look whether the run has ended.
WITH ended AS (
  UPDATE fanouts
     SET ended_at = clock_timestamp(), lease = NULL, lease_until = NULL
   WHERE campaign_id = $1 AND run = $2 AND lease = $3
  RETURNING campaign_id, run, published
), told AS (
  INSERT INTO run_progress AS sums (campaign_id, run)
  SELECT campaign_id, run FROM ended
  ON CONFLICT (campaign_id, run) DO UPDATE SET changed = true
)
SELECT published FROM ended
