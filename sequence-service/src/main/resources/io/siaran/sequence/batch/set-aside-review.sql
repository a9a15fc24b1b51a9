-- Puts a lead's review ($1) off by $2 seconds, because it failed ($3) and others did not. A change of the lead makes it due.
UPDATE lead_reviews
SET due_at = statement_timestamp() + make_interval(secs => $2), failures = failures + 1, failure = $3
WHERE lead_id = $1
