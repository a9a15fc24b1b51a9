-- Which of these devices were not warned of today (UTC); from now on they were.
INSERT INTO expiry_warnings AS w (device_id, warned_on)
SELECT device_id, (statement_timestamp() AT TIME ZONE 'UTC')::date FROM unnest($1::uuid[]) AS d (device_id)
ORDER BY device_id
ON CONFLICT (device_id) DO UPDATE SET warned_on = excluded.warned_on WHERE w.warned_on < excluded.warned_on
RETURNING device_id
