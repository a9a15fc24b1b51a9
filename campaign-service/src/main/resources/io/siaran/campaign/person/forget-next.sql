-- The erasures in which every service has come to its end but for the suppression: now each is asked for that as well, once.
-- $1 requests, $2 services.
UPDATE person_requests e
   SET forgets_at = clock_timestamp(), told_at = clock_timestamp(), repeats = 0
 WHERE e.id = ANY ($1::uuid[])
   AND e.wish = 'erase' AND e.forgets_at IS NULL AND e.ended_at IS NULL
   AND NOT EXISTS (
       SELECT FROM unnest($2::text[]) AS asked (service)
        WHERE NOT EXISTS (
              SELECT FROM person_answers l WHERE l.request_id = e.id AND l.service = asked.service AND l.part = 0))
RETURNING e.id, e.user_id, e.phone, e.leads, e.asked_at
