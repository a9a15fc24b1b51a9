-- Fan-outs that nobody goes on with: their campaign is over, or was planned anew.
UPDATE fanouts f
   SET ended_at = clock_timestamp(), lease = NULL, lease_until = NULL
  FROM campaigns c
 WHERE f.ended_at IS NULL
   AND c.id = f.campaign_id
   AND (c.run > f.run OR c.status IN ('completed', 'failed', 'cancelled'))
