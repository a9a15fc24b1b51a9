-- Holds the runs whose recipients a change of a phone may concern, until the transaction ends, and marks what is read of
-- leads so far as stale. The campaigns too, so that none is triggered or edited meanwhile. $1 user.
WITH held AS (
  SELECT id, run, planned_run, triggered_at
    FROM campaigns
   WHERE user_id = $1 AND status IN ('scheduled', 'triggered', 'paused') AND duplicate_phones = 'once'
   ORDER BY id
     FOR SHARE
)
INSERT INTO fanouts AS f (campaign_id, run, started_at)
SELECT held.id, held.run, coalesce(first.started_at, clock_timestamp())
  FROM held
  LEFT JOIN fanouts first ON first.campaign_id = held.id AND first.run = held.planned_run
 WHERE held.triggered_at IS NOT NULL
 ORDER BY held.id
ON CONFLICT (campaign_id, run) DO UPDATE SET phone_changes = f.phone_changes + 1
RETURNING campaign_id
