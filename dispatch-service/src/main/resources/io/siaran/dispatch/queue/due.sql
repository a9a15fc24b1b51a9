-- Tells the release that these devices have something to do at these times. Behind all that its transaction does to
-- messages: it waits for a release that holds the device and computed its hint without our rows, and lowers that hint then.
-- In order of device, so that those who tell do not deadlock among themselves.
INSERT INTO device_queue AS d (device_id, next_due)
SELECT device_id, min(next_due) FROM unnest($1::uuid[], $2::timestamptz[]) AS t (device_id, next_due)
GROUP BY device_id
ORDER BY device_id
ON CONFLICT (device_id) DO UPDATE SET next_due = greatest(d.held_until, excluded.next_due)
WHERE d.next_due > greatest(d.held_until, excluded.next_due)
