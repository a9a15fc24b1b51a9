-- The plans as their owners told, each once. Only a change of what may be sent has its messages reconciled.
WITH told AS (
  SELECT *
  FROM unnest($1::uuid[], $2::text[], $3::text[], $4::text[], $5::int[], $6::text[], $7::bigint[], $8::boolean[], $9::boolean[])
    AS s (id, kind, user_id, status, run, title, version, deleted, once_per_phone)
  ORDER BY id
),
before AS (
  SELECT id, status, run, deleted FROM plans WHERE id = ANY ($1::uuid[])
),
kept AS (
  INSERT INTO plans AS p (id, kind, user_id, status, run, title, version, deleted, once_per_phone)
  SELECT id, kind, user_id, status, run, title, version, deleted, once_per_phone FROM told
  ON CONFLICT (id) DO UPDATE SET
    kind = excluded.kind, user_id = excluded.user_id, status = excluded.status, run = excluded.run,
    title = excluded.title, version = excluded.version, deleted = excluded.deleted,
    once_per_phone = excluded.once_per_phone
  WHERE p.version < excluded.version
  RETURNING id, status, run, deleted
)
INSERT INTO reconciliations AS r (subject, key)
SELECT 'plan', k.id::text
FROM kept AS k LEFT JOIN before AS b USING (id)
WHERE (k.status, k.run, k.deleted) IS DISTINCT FROM (b.status, b.run, b.deleted)
ORDER BY k.id
ON CONFLICT (subject, key) DO UPDATE SET
  changed_at = excluded.changed_at, due_at = excluded.due_at, done_to = excluded.done_to
