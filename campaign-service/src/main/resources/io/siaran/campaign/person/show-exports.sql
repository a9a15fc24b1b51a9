-- Requests with how many facts each service has told so far. $1 services. The caller appends the rest of WHERE and ORDER.
SELECT e.id, e.phone, e.asked_at, e.ended_at,
       ARRAY(SELECT coalesce(sum(cardinality(a.facts)), 0)::bigint
               FROM unnest($1::text[]) WITH ORDINALITY AS asked (service, place)
               LEFT JOIN person_answers a ON a.request_id = e.id AND a.service = asked.service
              GROUP BY asked.place ORDER BY asked.place) AS facts,
       ARRAY(SELECT coalesce(bool_or(a.last), false)
               FROM unnest($1::text[]) WITH ORDINALITY AS asked (service, place)
               LEFT JOIN person_answers a ON a.request_id = e.id AND a.service = asked.service
              GROUP BY asked.place ORDER BY asked.place) AS answered,
       greatest(e.asked_at, e.ended_at, (SELECT max(a.told_at) FROM person_answers a WHERE a.request_id = e.id)) AS updated_at
  FROM person_requests e
 WHERE e.wish = 'export'
