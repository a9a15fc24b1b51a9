-- Moves sweeps on: behind $3, or, at the end of a pass ($3 null), to the second pass a minute after the change (no
-- transaction that read the subject before lives so long), and after that off the list.
WITH goes_on AS (
  UPDATE sweeps SET
    sweep_after = coalesce($3::uuid, '00000000-0000-0000-0000-000000000000'),
    sweep_at    = CASE WHEN $3::uuid IS NULL THEN changed_at + interval '1 minute' ELSE statement_timestamp() END
  WHERE subject = $1 AND key = ANY ($2::text[])
    AND ($3::uuid IS NOT NULL OR statement_timestamp() < changed_at + interval '1 minute')
)
DELETE FROM sweeps
WHERE subject = $1 AND key = ANY ($2::text[]) AND $3::uuid IS NULL AND statement_timestamp() >= changed_at + interval '1 minute'
