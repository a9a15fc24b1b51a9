-- Counts a failure of an action; at the $2nd in a row the action ends, with the reason $3.
UPDATE bulk_actions SET
  failures       = failures + 1,
  failed_because = CASE WHEN failures + 1 >= $2 THEN $3 END,
  done_at        = CASE WHEN failures + 1 >= $2 THEN clock_timestamp() END,
  updated_at     = CASE WHEN failures + 1 >= $2 THEN clock_timestamp() ELSE updated_at END
WHERE id = $1 AND done_at IS NULL
RETURNING failures, done_at IS NOT NULL AS ended
