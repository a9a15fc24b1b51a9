-- Leaves the rest to whoever comes next.
UPDATE fanouts
   SET lease = NULL, lease_until = NULL
 WHERE campaign_id = $1 AND run = $2 AND lease = $3
