-- Puts an event ($1) off that the database refuses to have worked off: it is tried again each hour, since the cause may be mended
-- meanwhile, and let go after a week.
WITH let_go AS (
  DELETE FROM callback_inbox WHERE id = $1::bigint AND received_at <= clock_timestamp() - interval '7 days'
)
UPDATE callback_inbox SET due_at = clock_timestamp() + interval '1 hour', failures = failures + 1
WHERE id = $1::bigint AND received_at > clock_timestamp() - interval '7 days'
