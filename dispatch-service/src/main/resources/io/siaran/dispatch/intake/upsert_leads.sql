-- The leads as the campaign service last told.
INSERT INTO leads AS p (id, user_id, device_id, phone, version, deleted)
SELECT DISTINCT ON (id) id, user_id, device_id, phone, version, deleted
FROM unnest($1::uuid[], $2::text[], $3::uuid[], $4::text[], $5::bigint[], $6::boolean[])
  AS s (id, user_id, device_id, phone, version, deleted)
ORDER BY id, version DESC
ON CONFLICT (id) DO UPDATE SET
  user_id = excluded.user_id, device_id = excluded.device_id, phone = excluded.phone,
  version = excluded.version, deleted = excluded.deleted
WHERE p.version < excluded.version
