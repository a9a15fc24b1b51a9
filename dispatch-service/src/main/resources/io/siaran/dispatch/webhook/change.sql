-- Changes a webhook ($1) as its user wants it. One that is enabled again begins anew: what failed before says nothing of it now.
UPDATE webhooks SET
  url             = $2,
  events          = $3,
  description     = $4,
  enabled         = $5,
  disabled_reason = CASE WHEN NOT $5::boolean THEN coalesce(disabled_reason, 'user') END,
  disabled_at     = CASE WHEN NOT $5::boolean THEN coalesce(disabled_at, clock_timestamp()) END,
  failures        = CASE WHEN enabled AND url = $2 THEN failures ELSE 0 END,
  failing_since   = CASE WHEN enabled AND url = $2 THEN failing_since END,
  resting_until   = CASE WHEN enabled AND url = $2 THEN resting_until END,
  version         = version + 1,
  updated_at      = clock_timestamp()
WHERE id = $1
RETURNING *
