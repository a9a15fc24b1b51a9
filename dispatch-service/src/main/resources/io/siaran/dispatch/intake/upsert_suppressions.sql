-- Who must not be written to, as the campaign service last told.
INSERT INTO suppressions AS p (user_id, phone, version, deleted, sweep_at)
SELECT DISTINCT ON (user_id, phone) user_id, phone, version, deleted, statement_timestamp()
FROM unnest($1::text[], $2::text[], $3::bigint[], $4::boolean[]) AS s (user_id, phone, version, deleted)
ORDER BY user_id, phone, version DESC
ON CONFLICT (user_id, phone) DO UPDATE SET
  version = excluded.version, deleted = excluded.deleted,
  changed_at = statement_timestamp(), sweep_at = statement_timestamp()
WHERE p.version < excluded.version
