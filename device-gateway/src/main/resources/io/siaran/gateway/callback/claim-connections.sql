-- Takes due news of connections (at most $1), oldest first, and puts them off by a minute: should their process die, they come
-- again. The one who has taken them deletes them.
UPDATE callback_inbox SET due_at = clock_timestamp() + interval '1 minute', failures = failures + 1
WHERE id IN (
  SELECT id FROM callback_inbox WHERE purpose = 'connection' AND due_at <= statement_timestamp()
  ORDER BY due_at LIMIT $1::int FOR UPDATE SKIP LOCKED)
RETURNING id, device_id, type, detail, at, failures
