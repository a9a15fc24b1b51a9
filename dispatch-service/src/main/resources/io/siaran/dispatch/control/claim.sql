-- Whose turn it is: the open action that was worked on longest ago, and that nobody works on now. In a transaction of its
-- own, so that an action whose work fails has had its turn all the same.
UPDATE bulk_actions SET worked_at = clock_timestamp()
WHERE id = (
  SELECT id FROM bulk_actions
  WHERE done_at IS NULL
  ORDER BY worked_at
  LIMIT 1
  FOR UPDATE SKIP LOCKED)
RETURNING id
