-- The newest snapshot of each person in the batch, unless a newer one is known.
INSERT INTO suppressions AS known (user_id, phone, version, deleted, decided_at)
SELECT DISTINCT ON (user_id, phone) user_id, phone, version, deleted, decided_at
FROM unnest($1::text[], $2::text[], $3::bigint[], $4::boolean[], $5::timestamptz[])
  AS batch (user_id, phone, version, deleted, decided_at)
ORDER BY user_id, phone, version DESC
ON CONFLICT (user_id, phone) DO UPDATE SET version = excluded.version, deleted = excluded.deleted, decided_at = excluded.decided_at
WHERE known.version < excluded.version
