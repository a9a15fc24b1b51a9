-- Steps of walks, each once however often it is told; in the order of their keys, as replies are.
INSERT INTO walks (sequence_id, lead_id, assignment, what, user_id, reason, at)
SELECT * FROM unnest($1::uuid[], $2::uuid[], $3::bigint[], $4::text[], $5::text[], $6::text[], $7::timestamptz[])
  AS w (sequence_id, lead_id, assignment, what, user_id, reason, at)
ORDER BY lead_id, sequence_id, assignment, what
ON CONFLICT DO NOTHING
