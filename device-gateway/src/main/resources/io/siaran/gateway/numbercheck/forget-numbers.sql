-- Forgets what is too old to be believed, at most $1.
DELETE FROM checked_numbers WHERE (user_id, phone) IN (
  SELECT user_id, phone FROM checked_numbers
  WHERE checked_at < statement_timestamp() - interval '30 days'
  ORDER BY checked_at LIMIT $1::int
  FOR UPDATE SKIP LOCKED)
