-- How leads ($2) of a user ($1) walked through sequences, newest first.
SELECT sequence_id, lead_id, what, reason, at FROM walks
WHERE lead_id = ANY ($2::uuid[]) AND user_id = $1
ORDER BY at DESC LIMIT 100
