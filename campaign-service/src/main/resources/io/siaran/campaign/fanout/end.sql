-- The audience has no more leads.
UPDATE fanouts
   SET ended_at = clock_timestamp(), lease = NULL, lease_until = NULL
 WHERE campaign_id = $1 AND run = $2 AND lease = $3
RETURNING published
