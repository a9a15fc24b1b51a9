-- Files of leads that were taken in, each once however often it is told; in the order of their ids, so that two
-- consumers of the same records (a rebalance) wait for each other rather than deadlock. Each is about a thing of its own.
INSERT INTO imports (id, user_id, status, failure, lines, created, updated, unchanged, duplicate, refused, at)
SELECT * FROM unnest($1::uuid[], $2::text[], $3::text[], $4::text[], $5::bigint[], $6::bigint[], $7::bigint[], $8::bigint[], $9::bigint[],
    $10::bigint[], $11::timestamptz[])
  AS i (id, user_id, status, failure, lines, created, updated, unchanged, duplicate, refused, at)
ORDER BY id
ON CONFLICT DO NOTHING
