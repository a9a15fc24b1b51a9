-- Ends the requests that every service has answered: with its last part, and all before it. $1 requests, $2 services. Of an erasure
-- stays nothing that says whose it was.
UPDATE person_requests e
   SET ended_at = clock_timestamp(),
       phone = CASE e.wish WHEN 'erase' THEN '9990000000000' ELSE e.phone END,
       leads = '{}'
 WHERE e.id = ANY ($1::uuid[])
   AND e.ended_at IS NULL
   AND NOT EXISTS (
       SELECT FROM unnest($2::text[]) AS asked (service)
        WHERE NOT EXISTS (
              SELECT FROM person_answers l
               WHERE l.request_id = e.id AND l.service = asked.service AND l.last
                 AND (SELECT count(*) FROM person_answers p
                       WHERE p.request_id = e.id AND p.service = l.service AND p.part < l.part) = l.part))
