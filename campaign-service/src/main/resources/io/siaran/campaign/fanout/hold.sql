-- How often phones of the user's leads had changed, and under which run its plan is noted; held until the transaction ends; no row when the run is not the current
-- one any more, or was stopped, or another holds its fan-out by now. Who changes a phone holds the count as well until the commit (count-change.sql): either this
-- waits and finds what was read stale, or that one finds what is noted here. Who edits or stops the campaign waits for this, or this for
-- them; and so does whoever takes the fan-out over before this has ended. $1 campaign, $2 run, $3 lease.
SELECT p.changes, c.user_id, c.planned_run
  FROM campaigns c
  JOIN phone_changes p ON p.user_id = c.user_id
  JOIN fanouts f ON f.campaign_id = c.id AND f.run = c.run AND f.lease = $3
 WHERE c.id = $1 AND c.run = $2 AND c.status = 'triggered'
   FOR NO KEY UPDATE OF c
   FOR SHARE OF p
