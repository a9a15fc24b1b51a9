-- Moves reconciliations on: behind $3, or, at the end of a pass ($3 null), off the list, if the pass began to read a minute after the
-- change or later (no transaction that read the subject before lives so long); else to another pass.
WITH looked_at AS (
  SELECT key,
    -- The transaction began before it read anything.
    CASE WHEN done_to = '00000000-0000-0000-0000-000000000000' THEN now() ELSE pass_began END AS began,
    changed_at + interval '1 minute' AS settled_at
  FROM reconciliations
  WHERE subject = $1 AND key = ANY ($2::text[])
),
goes_on AS (
  UPDATE reconciliations AS r SET
    done_to    = coalesce($3::uuid, '00000000-0000-0000-0000-000000000000'),
    due_at     = CASE WHEN $3::uuid IS NULL THEN looked_at.settled_at ELSE statement_timestamp() END,
    pass_began = looked_at.began
  FROM looked_at
  WHERE r.subject = $1 AND r.key = looked_at.key AND ($3::uuid IS NOT NULL OR looked_at.began < looked_at.settled_at)
)
DELETE FROM reconciliations
WHERE subject = $1 AND key = ANY (ARRAY(SELECT key FROM looked_at WHERE $3::uuid IS NULL AND began >= settled_at))
