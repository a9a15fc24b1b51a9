-- The leads as the campaign service last told. Only another device, phone or name, or a deletion, has its messages
-- reconciled. A lead that is new here has none, but for those whose intake did not see it yet: the pass a minute later is
-- enough for them.
WITH told AS (
  SELECT DISTINCT ON (id) *
  FROM unnest($1::uuid[], $2::text[], $3::uuid[], $4::text[], $5::bigint[], $6::boolean[], $7::text[])
    AS s (id, user_id, device_id, phone, version, deleted, name)
  ORDER BY id, version DESC
),
before AS (
  SELECT id, device_id, phone, name, deleted FROM leads WHERE id = ANY ($1::uuid[])
),
kept AS (
  INSERT INTO leads AS p (id, user_id, device_id, phone, name, version, deleted)
  SELECT id, user_id, device_id, phone, name, version, deleted FROM told
  ON CONFLICT (id) DO UPDATE SET
    user_id = excluded.user_id, device_id = excluded.device_id, phone = excluded.phone, name = excluded.name,
    version = excluded.version, deleted = excluded.deleted
  WHERE p.version < excluded.version
  RETURNING id, device_id, phone, name, deleted
)
INSERT INTO reconciliations AS r (subject, key, due_at)
SELECT 'lead', k.id::text, statement_timestamp() + CASE WHEN b.id IS NULL THEN interval '1 minute' ELSE '0' END
FROM kept AS k LEFT JOIN before AS b USING (id)
WHERE b.id IS NULL OR (k.device_id, k.phone, k.name, k.deleted) IS DISTINCT FROM (b.device_id, b.phone, b.name, b.deleted)
ORDER BY k.id
ON CONFLICT (subject, key) DO UPDATE SET changed_at = excluded.changed_at, due_at = excluded.due_at
