-- Takes the leads that wait longest for their review ($1 at most). The deletion commits with what the review finds, so
-- a crash leaves them up for review; SKIP LOCKED keeps two instances apart.
DELETE FROM lead_reviews
WHERE lead_id IN (
  SELECT lead_id FROM lead_reviews
  WHERE due_at <= statement_timestamp()
  ORDER BY due_at LIMIT $1
  FOR UPDATE SKIP LOCKED)
RETURNING lead_id
