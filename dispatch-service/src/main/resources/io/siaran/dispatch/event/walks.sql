-- Steps of walks, each once however often it is told: told again it has the same moment, and a second walk has another. What one lead
-- did is told in the order in which it was done: a row trigger numbers the rows as they come. Those of one lead are in one partition,
-- so two consumers of the same records (a rebalance) have them in the same order, and wait for each other rather than deadlock.
INSERT INTO walks (sequence_id, lead_id, assignment, what, user_id, reason, at)
SELECT sequence_id, lead_id, assignment, what, user_id, reason, at
FROM unnest($1::uuid[], $2::uuid[], $3::bigint[], $4::text[], $5::text[], $6::text[], $7::timestamptz[]) WITH ORDINALITY
  AS w (sequence_id, lead_id, assignment, what, user_id, reason, at, place)
ORDER BY lead_id, place
ON CONFLICT DO NOTHING
