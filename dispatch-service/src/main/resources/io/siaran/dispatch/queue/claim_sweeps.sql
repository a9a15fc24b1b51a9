-- The subjects of a kind whose messages are to be looked through next; nobody else sweeps them meanwhile.
-- A statement of its own: what the next one reads must be what was committed before the lock was ours.
SELECT key, sweep_after FROM sweeps
WHERE subject = $1 AND sweep_at <= statement_timestamp()
ORDER BY sweep_at
LIMIT $2
FOR UPDATE SKIP LOCKED
