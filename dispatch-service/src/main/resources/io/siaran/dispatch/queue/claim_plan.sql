-- The plan whose messages are to be brought in line next; nobody else sweeps it meanwhile.
SELECT id, sweep_after FROM plans
WHERE sweep_at <= statement_timestamp()
ORDER BY sweep_at
LIMIT 1
FOR UPDATE SKIP LOCKED
