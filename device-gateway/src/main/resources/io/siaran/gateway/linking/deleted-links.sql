-- Deleted devices ($1 at most) whose phone may still be linked; by a partial index that holds nobody else.
SELECT id FROM devices WHERE deleted AND link_begun ORDER BY id LIMIT $1
