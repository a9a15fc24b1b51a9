-- Takes the oldest import that nobody works on; after a crash the lease ends and another goes on after its last line.
UPDATE imports i
   SET status = 'running', lease = $1, lease_until = clock_timestamp() + interval '2 minutes',
       updated_at = CASE i.status WHEN 'running' THEN i.updated_at ELSE clock_timestamp() END
  FROM (SELECT id FROM imports
         WHERE status IN ('waiting', 'running') AND (lease_until IS NULL OR lease_until < clock_timestamp())
         ORDER BY created_at
         LIMIT 1
           FOR UPDATE SKIP LOCKED) free
 WHERE i.id = free.id
RETURNING i.*
