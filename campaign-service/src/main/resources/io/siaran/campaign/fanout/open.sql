-- A fan-out for every triggered run that has none; a second replica finds it done. A run that only has another text than the
-- one before (planned_run) has its audience as well: the leads that existed when that one began. Its turn comes behind whoever waits already.
-- The changes of phones of each user are counted from then on: a fan-out holds on to the count. Who has a count is not waited for.
WITH triggered AS (
  SELECT c.id, c.run, c.user_id, coalesce(first.started_at, clock_timestamp()) AS started_at
    FROM campaigns c
    LEFT JOIN fanouts first ON first.campaign_id = c.id AND first.run = c.planned_run
   WHERE c.status = 'triggered'
     AND NOT EXISTS (SELECT FROM fanouts f WHERE f.campaign_id = c.id AND f.run = c.run)
), counted AS (
  INSERT INTO phone_changes (user_id, changes)
  SELECT DISTINCT user_id, 0 FROM triggered AS t
   WHERE NOT EXISTS (SELECT FROM phone_changes known WHERE known.user_id = t.user_id)
   ORDER BY user_id
  ON CONFLICT DO NOTHING
)
INSERT INTO fanouts (campaign_id, run, user_id, started_at)
SELECT id, run, user_id, started_at FROM triggered ORDER BY id
ON CONFLICT DO NOTHING
