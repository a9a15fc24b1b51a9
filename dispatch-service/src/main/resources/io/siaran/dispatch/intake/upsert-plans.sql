-- The plans as their owners told, each once. Only a change of what may be sent has its messages reconciled: now, and once more at the
-- time at which the plan pauses by itself, or the release would meet them at each look from then on.
WITH told AS (
  SELECT *
  FROM unnest($1::uuid[], $2::text[], $3::text[], $4::text[], $5::int[], $6::text[], $7::bigint[], $8::boolean[], $9::boolean[],
      $10::timestamptz[])
    AS s (id, kind, user_id, status, run, title, version, deleted, once_per_phone, open_until)
  ORDER BY id
),
before AS (
  SELECT id, status, run, deleted, open_until FROM plans WHERE id = ANY ($1::uuid[])
),
kept AS (
  INSERT INTO plans AS p (id, kind, user_id, status, run, title, version, deleted, once_per_phone, open_until)
  SELECT id, kind, user_id, status, run, title, version, deleted, once_per_phone, open_until FROM told
  ON CONFLICT (id) DO UPDATE SET
    kind = excluded.kind, user_id = excluded.user_id, status = excluded.status, run = excluded.run,
    title = excluded.title, version = excluded.version, deleted = excluded.deleted,
    once_per_phone = excluded.once_per_phone, open_until = excluded.open_until
  WHERE p.version < excluded.version
  RETURNING id, status, run, deleted, open_until
),
-- A time that is given up pauses nothing any more. One that has passed and is told again still does: its pass may not have ended.
without_hours AS (
  DELETE FROM reconciliations AS r
  USING kept AS k LEFT JOIN before AS b USING (id)
  WHERE r.subject = 'hours' AND r.key = k.id::text AND (k.open_until > statement_timestamp()) IS NOT TRUE
    AND k.open_until IS DISTINCT FROM b.open_until
)
INSERT INTO reconciliations AS r (subject, key, changed_at, due_at)
SELECT 'hours', k.id::text, k.open_until, k.open_until
FROM kept AS k
WHERE k.open_until > statement_timestamp()
UNION ALL
SELECT 'plan', k.id::text, statement_timestamp(), statement_timestamp()
FROM kept AS k LEFT JOIN before AS b USING (id)
WHERE (k.status, k.run, k.deleted, k.open_until) IS DISTINCT FROM (b.status, b.run, b.deleted, b.open_until)
ORDER BY 1, 2
ON CONFLICT (subject, key) DO UPDATE SET
  changed_at = excluded.changed_at, due_at = excluded.due_at, done_to = excluded.done_to
