-- Erasures with what each service has told so far: of what how much it erased. $1 services. The caller appends the rest of WHERE and
-- ORDER.
SELECT e.id, e.asked_at, e.ended_at,
       ARRAY(SELECT (SELECT coalesce(jsonb_object_agg(told.what, told.rows), '{}')
                       FROM (SELECT fact::jsonb ->> 'what' AS what, sum((fact::jsonb ->> 'rows')::bigint) AS rows
                               FROM person_answers a, unnest(a.facts) AS fact
                              WHERE a.request_id = e.id AND a.service = asked.service
                              GROUP BY 1) AS told)::text
               FROM unnest($1::text[]) WITH ORDINALITY AS asked (service, place)
              ORDER BY asked.place) AS erased,
       ARRAY(SELECT EXISTS (SELECT FROM person_answers a WHERE a.request_id = e.id AND a.service = asked.service AND a.last)
               FROM unnest($1::text[]) WITH ORDINALITY AS asked (service, place)
              ORDER BY asked.place) AS answered,
       greatest(e.asked_at, e.ended_at, (SELECT max(a.told_at) FROM person_answers a WHERE a.request_id = e.id)) AS updated_at
  FROM person_requests e
 WHERE e.wish = 'erase'
