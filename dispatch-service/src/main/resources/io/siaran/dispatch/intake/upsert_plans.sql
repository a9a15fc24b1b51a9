-- The plans as their owners last told. Only a change of what may be sent sends the sweep over its messages.
INSERT INTO plans AS p (id, kind, user_id, status, run, title, version, deleted, sweep_at)
SELECT DISTINCT ON (id) id, kind, user_id, status, run, title, version, deleted, statement_timestamp()
FROM unnest($1::uuid[], $2::text[], $3::text[], $4::text[], $5::int[], $6::text[], $7::bigint[], $8::boolean[])
  AS s (id, kind, user_id, status, run, title, version, deleted)
ORDER BY id, version DESC
ON CONFLICT (id) DO UPDATE SET
  kind = excluded.kind, user_id = excluded.user_id, status = excluded.status, run = excluded.run,
  title = excluded.title, version = excluded.version, deleted = excluded.deleted,
  changed_at  = CASE WHEN (p.status, p.run, p.deleted) = (excluded.status, excluded.run, excluded.deleted)
                  THEN p.changed_at ELSE statement_timestamp() END,
  sweep_at    = CASE WHEN (p.status, p.run, p.deleted) = (excluded.status, excluded.run, excluded.deleted)
                  THEN p.sweep_at ELSE statement_timestamp() END,
  sweep_after = CASE WHEN (p.status, p.run, p.deleted) = (excluded.status, excluded.run, excluded.deleted)
                  THEN p.sweep_after ELSE '00000000-0000-0000-0000-000000000000' END
WHERE p.version < excluded.version
