-- Moves sweeps on: behind $3, or, at the end of a pass ($3 null), off the list, if the pass began to read a minute after the
-- change or later (no transaction that read the subject before lives so long); else to another pass.
WITH swept AS (
  SELECT key,
    -- The transaction began before it read anything.
    CASE WHEN sweep_after = '00000000-0000-0000-0000-000000000000' THEN now() ELSE pass_began END AS began,
    changed_at + interval '1 minute' AS settled_at
  FROM sweeps
  WHERE subject = $1 AND key = ANY ($2::text[])
),
goes_on AS (
  UPDATE sweeps AS s SET
    sweep_after = coalesce($3::uuid, '00000000-0000-0000-0000-000000000000'),
    sweep_at    = CASE WHEN $3::uuid IS NULL THEN swept.settled_at ELSE statement_timestamp() END,
    pass_began  = swept.began
  FROM swept
  WHERE s.subject = $1 AND s.key = swept.key AND ($3::uuid IS NOT NULL OR swept.began < swept.settled_at)
)
DELETE FROM sweeps
WHERE subject = $1 AND key = ANY (ARRAY(SELECT key FROM swept WHERE $3::uuid IS NULL AND began >= settled_at))
