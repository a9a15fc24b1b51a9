-- Keeps parts of answers, the later one of two that are told; those of a request that nobody knows any more are left.
-- A service of the version before takes a wish to erase for a request to tell, and tells what it keeps: that is no answer to an erasure,
-- of which part 0 is never the last, part 1 is, and each fact says of what how much.
-- $1 requests, $2 users, $3 services, $4 parts, $5 whether each is the last, $6 facts, each a JSON list of texts.
INSERT INTO person_answers AS kept (request_id, service, part, last, facts)
SELECT DISTINCT ON (told.request_id, told.service, told.part) told.request_id, told.service, told.part, told.last, texts(told.facts::jsonb)
  FROM unnest($1::uuid[], $2::text[], $3::text[], $4::integer[], $5::boolean[], $6::text[])
       WITH ORDINALITY AS told (request_id, user_id, service, part, last, facts, place)
  JOIN person_requests e ON e.id = told.request_id AND e.user_id = told.user_id AND e.ended_at IS NULL
 WHERE e.wish = 'export'
    OR (told.part IN (0, 1) AND told.last = (told.part = 1)
        AND NOT EXISTS (SELECT FROM unnest(texts(told.facts::jsonb)) AS fact WHERE fact::jsonb ->> 'what' IS NULL))
 ORDER BY told.request_id, told.service, told.part, told.place DESC
ON CONFLICT (request_id, service, part) DO UPDATE SET last = excluded.last, facts = excluded.facts, told_at = clock_timestamp()
