-- Has steps fired again ($2 at most) that were fired $1 seconds ago and have had no outcome since: the message or its news may be
-- lost. It goes out under the same id, so the queue takes it once; a queue that has it already tells what became of it.
WITH silent AS (
  SELECT id FROM sequence_contacts
  WHERE status = 'active' AND fired_at < statement_timestamp() - make_interval(secs => $1)
  ORDER BY fired_at
  LIMIT $2
  FOR UPDATE SKIP LOCKED
)
UPDATE sequence_contacts c
SET fired_at = NULL, lease_until = NULL
FROM silent
WHERE c.id = silent.id
RETURNING c.id
