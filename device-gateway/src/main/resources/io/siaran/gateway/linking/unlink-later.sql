-- A phone ($1) that could not be logged out: once more at the next look, then after pauses that double, from a minute to a day.
UPDATE devices
SET unlink_again_at = clock_timestamp() + least(power(2, unlink_failures) - 1, 1440) * interval '1 minute',
    unlink_failures = least(unlink_failures + 1, 20)
WHERE id = $1
