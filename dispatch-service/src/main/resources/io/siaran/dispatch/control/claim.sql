-- Whose turn it is: users take turns, and of the one whose last turn was longest ago, it is the open action that was worked on longest
-- ago and that nobody works on now, a cancel before all others: what it stops, a retry would go on letting out. So whoever asks for many actions waits for them, and nobody else does. In a transaction of its own,
-- so that an action whose work fails has had its turn all the same. Cost: all open actions are read, of which a user has 20 of a kind at most.
WITH turn AS (
  SELECT a.id, a.user_id
  FROM bulk_actions AS a
  LEFT JOIN bulk_turns AS t ON t.user_id = a.user_id
  WHERE a.done_at IS NULL
  ORDER BY t.had_at NULLS FIRST, a.action <> 'cancel', a.worked_at
  LIMIT 1
  FOR UPDATE OF a SKIP LOCKED
),
had AS (
  INSERT INTO bulk_turns (user_id, had_at)
  SELECT user_id, clock_timestamp() FROM turn
  ON CONFLICT (user_id) DO UPDATE SET had_at = excluded.had_at
)
UPDATE bulk_actions AS a SET worked_at = clock_timestamp()
FROM turn
WHERE a.id = turn.id
RETURNING a.id
