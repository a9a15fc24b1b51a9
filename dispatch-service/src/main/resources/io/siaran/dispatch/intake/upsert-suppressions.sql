-- Who must not be written to, as the campaign service last told; a reconciliation stops what they would still get.
WITH kept AS (
  INSERT INTO suppressions AS p (user_id, phone, reason, decided_at, version, deleted)
  SELECT DISTINCT ON (user_id, phone) user_id, phone, reason, decided_at, version, deleted
  FROM unnest($1::text[], $2::text[], $3::text[], $4::timestamptz[], $5::bigint[], $6::boolean[])
    AS s (user_id, phone, reason, decided_at, version, deleted)
  ORDER BY user_id, phone, version DESC
  ON CONFLICT (user_id, phone) DO UPDATE SET
    reason = excluded.reason, decided_at = excluded.decided_at, version = excluded.version, deleted = excluded.deleted
  WHERE p.version < excluded.version
  RETURNING user_id, phone, deleted
)
INSERT INTO reconciliations AS r (subject, key)
SELECT 'person', user_id || ':' || phone FROM kept WHERE NOT deleted ORDER BY 2
ON CONFLICT (subject, key) DO UPDATE SET changed_at = excluded.changed_at, due_at = excluded.due_at
