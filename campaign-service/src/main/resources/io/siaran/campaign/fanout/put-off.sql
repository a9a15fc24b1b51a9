-- Gives a fan-out that failed back, to be tried again after 1, 2, 4 … seconds, at most 5 minutes.
UPDATE fanouts
   SET lease = NULL, failures = failures + 1,
       lease_until = clock_timestamp() + least(power(2, least(failures, 9)), 300) * interval '1 second'
 WHERE campaign_id = $1 AND run = $2 AND lease = $3
