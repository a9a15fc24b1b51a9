-- Takes an import that nobody works on, so that users take turns: of who has the fewest that are worked on, then of whose turn was
-- longest ago (until the first one: since the file came), the oldest. A user's open imports are few. After a crash the lease ends and
-- another goes on after its last line.
WITH users AS (
  SELECT user_id, count(*) FILTER (WHERE lease IS NOT NULL AND lease_until >= clock_timestamp()) AS running,
         coalesce(max(turn_at), min(created_at)) AS turn
    FROM imports
   WHERE status IN ('waiting', 'running')
   GROUP BY user_id
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
       updated_at = CASE i.status WHEN 'running' THEN i.updated_at ELSE clock_timestamp() END
  FROM free
 WHERE i.id = free.id
RETURNING i.*
