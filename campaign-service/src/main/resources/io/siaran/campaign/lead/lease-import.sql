-- Takes an import that nobody works on, so that users take turns: of who has the fewest that are worked on, then of who waits longest,
-- the oldest. A user waits since the last turn, also that of an import that has ended, or since the file came where that is later.
-- A user's open imports are few, and the last turn is one row of imports_turns. After a crash the lease ends and another goes on after
-- its last line; it is counted that whoever had it was lost, since who ends, hands back or puts off gives the lease up.
WITH users AS (
  SELECT open.user_id,
         count(*) FILTER (WHERE open.lease IS NOT NULL AND open.lease_until >= clock_timestamp()) AS running,
         greatest((SELECT max(own.turn_at) FROM imports own WHERE own.user_id = open.user_id), min(open.created_at)) AS turn
    FROM imports open
   WHERE open.status IN ('waiting', 'running')
   GROUP BY open.user_id
), free AS (
  SELECT i.id
    FROM imports i
    JOIN users u ON u.user_id = i.user_id
   WHERE i.status IN ('waiting', 'running') AND (i.lease_until IS NULL OR i.lease_until < clock_timestamp())
   ORDER BY u.running, u.turn, i.created_at, i.id
   LIMIT 1
     FOR UPDATE OF i SKIP LOCKED
)
UPDATE imports i
   SET status = 'running', lease = $1, lease_until = clock_timestamp() + interval '2 minutes', turn_at = clock_timestamp(),
       lost_leases = i.lost_leases + CASE WHEN i.lease IS NULL THEN 0 ELSE 1 END,
       updated_at = CASE i.status WHEN 'running' THEN i.updated_at ELSE clock_timestamp() END
  FROM free
 WHERE i.id = free.id
RETURNING i.*
