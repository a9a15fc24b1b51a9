-- Takes this second's turn to fold: one row, if nobody has had it. Its lock lasts as long as the fold, so that versions are told
-- in order; whoever comes meanwhile has no turn.
UPDATE last_fold SET folded_in = date_trunc('second', clock_timestamp())
WHERE only_one = (SELECT only_one FROM last_fold FOR UPDATE SKIP LOCKED)
  AND folded_in < date_trunc('second', clock_timestamp())
