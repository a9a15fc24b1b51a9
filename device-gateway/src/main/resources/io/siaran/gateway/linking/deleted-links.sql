-- Deleted devices ($1 at most) whose phone may still be linked, those that were not tried yet first; by a partial index that
-- holds nobody else.
SELECT id FROM devices
WHERE deleted AND link_begun AND (unlink_again_at IS NULL OR unlink_again_at <= clock_timestamp())
ORDER BY unlink_again_at NULLS FIRST, id
LIMIT $1
