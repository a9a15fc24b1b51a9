-- Takes due news of connections (at most $1), the oldest of each user before the second of any, and puts them off by a minute: should
-- their process die, they come again. The one who has taken them deletes them.
WITH due AS MATERIALIZED (
  SELECT i.id, d.user_id FROM callback_inbox i LEFT JOIN devices d ON d.id = i.device_id
  WHERE i.purpose = 'connection' AND i.due_at <= statement_timestamp()
  ORDER BY i.due_at LIMIT 10 * $1::int
), placed AS MATERIALIZED (
  SELECT id, row_number() OVER (PARTITION BY user_id ORDER BY id) AS place FROM due
), taken AS MATERIALIZED (
  SELECT i.id FROM placed JOIN callback_inbox i ON i.id = placed.id
  WHERE i.due_at <= statement_timestamp()
  ORDER BY placed.place, i.id LIMIT $1::int
  FOR UPDATE OF i SKIP LOCKED
)
UPDATE callback_inbox i SET due_at = clock_timestamp() + interval '1 minute', failures = failures + 1
FROM taken WHERE i.id = taken.id
RETURNING i.id, i.device_id, i.type, i.detail, i.failures
