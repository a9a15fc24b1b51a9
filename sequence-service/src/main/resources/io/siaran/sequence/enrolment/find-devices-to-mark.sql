-- Devices that were deleted more than $1 seconds ago, of which not all leads that stayed there were put up for review.
SELECT id, user_id FROM devices
WHERE deleted AND leads_marked_to IS NOT NULL AND deleted_at <= statement_timestamp() - make_interval(secs => $1)
ORDER BY id
