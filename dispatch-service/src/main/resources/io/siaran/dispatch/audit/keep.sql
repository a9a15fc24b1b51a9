-- What people did in other services, each once however often it is told; in the order of their ids, so that two consumers of the same
-- records (a rebalance) wait for each other rather than deadlock.
INSERT INTO audit_entries (id, user_id, by_user, at, action, subject, subject_id, before, after)
SELECT * FROM unnest($1::uuid[], $2::text[], $3::text[], $4::timestamptz[], $5::text[], $6::text[], $7::text[], $8::text[], $9::text[])
  AS d (id, user_id, by_user, at, action, subject, subject_id, before, after)
ORDER BY id
ON CONFLICT DO NOTHING
