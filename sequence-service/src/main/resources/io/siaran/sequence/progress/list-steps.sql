-- The steps of a user's ($2) sequence ($1) in the order of sending, those removed included.
SELECT id, day_number, trigger, removed_at IS NOT NULL AS removed
FROM sequence_steps
WHERE sequence_id = $1 AND user_id = $2
ORDER BY day_number, position, id
