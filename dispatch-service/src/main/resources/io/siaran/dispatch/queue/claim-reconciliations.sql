-- The subjects of a kind whose messages are to be looked through next; nobody else does so meanwhile.
-- A statement of its own: what the next one reads must be what was committed before the lock was ours.
SELECT key, done_to FROM reconciliations
WHERE subject = $1 AND due_at <= statement_timestamp()
ORDER BY due_at
LIMIT $2
FOR UPDATE SKIP LOCKED
