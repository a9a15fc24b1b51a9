-- Moves the sweep of a plan on: behind $2, or, at the end of a pass ($2 null), to the second pass a minute after the
-- change (no transaction that read the plan before lives so long), and after that to rest.
UPDATE plans SET
  sweep_after = coalesce($2::uuid, '00000000-0000-0000-0000-000000000000'),
  sweep_at    = CASE
                  WHEN $2::uuid IS NOT NULL THEN statement_timestamp()
                  WHEN statement_timestamp() < changed_at + interval '1 minute' THEN changed_at + interval '1 minute'
                END
WHERE id = $1
