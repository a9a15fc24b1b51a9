-- A user's ($2) sequence ($1): whether anybody can enter it, for it is active and has an entry point.
SELECT s.status = 'active' AND EXISTS (
  SELECT FROM sequence_steps p
  WHERE p.sequence_id = s.id AND p.is_entry_point AND p.removed_at IS NULL) AS enterable
FROM sequences s
WHERE s.id = $1 AND s.user_id = $2 AND s.deleted_at IS NULL
