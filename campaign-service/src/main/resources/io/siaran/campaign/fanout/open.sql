-- A fan-out for every triggered run that has none; a second replica finds it done.
INSERT INTO fanouts (campaign_id, run)
SELECT c.id, c.run
  FROM campaigns c
 WHERE c.status = 'triggered'
   AND NOT EXISTS (SELECT FROM fanouts f WHERE f.campaign_id = c.id AND f.run = c.run)
ON CONFLICT DO NOTHING
