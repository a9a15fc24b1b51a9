-- A fan-out for every triggered run that has none; a second replica finds it done. A run that only has another text than the
-- one before (planned_run) has its audience as well: the leads that existed when that one began.
INSERT INTO fanouts (campaign_id, run, started_at)
SELECT c.id, c.run, coalesce(first.started_at, clock_timestamp())
  FROM campaigns c
  LEFT JOIN fanouts first ON first.campaign_id = c.id AND first.run = c.planned_run
 WHERE c.status = 'triggered'
   AND NOT EXISTS (SELECT FROM fanouts f WHERE f.campaign_id = c.id AND f.run = c.run)
ON CONFLICT DO NOTHING
