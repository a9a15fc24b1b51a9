-- Whether a lead of the user fits a niche ('' is any) and a target status. Looks at 10,000 leads at most, and takes it
-- that of more some fit.
SELECT count(*) > 10000 OR coalesce(bool_or(fits), false)
FROM (
  SELECT (:niche = '' OR :niche = ANY (niches)) AND (:status = 'all' OR target_status = :status) AS fits
  FROM leads
  WHERE user_id = :user AND NOT deleted
  LIMIT 10001
) looked_at
