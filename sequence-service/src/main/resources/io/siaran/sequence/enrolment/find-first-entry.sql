-- A user's ($2) sequence ($1): whether it is active, and its first entry point, or null.
SELECT s.status = 'active' AS active, (
  SELECT p.id FROM sequence_steps p
  WHERE p.sequence_id = s.id AND p.is_entry_point AND p.removed_at IS NULL
  ORDER BY p.day_number, p.position
  LIMIT 1) AS step_id
FROM sequences s
WHERE s.id = $1 AND s.user_id = $2 AND s.deleted_at IS NULL
