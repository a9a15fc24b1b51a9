-- Leases devices that have something to do, those that waited longest first; the lease is the row's lock and ends with
-- the transaction. Devices and not messages: two due messages of one device would both see it idle.
-- A statement of its own: what the next one reads must be what was committed before the lock was ours.
SELECT device_id FROM device_queue
WHERE status = 'online' AND NOT deleted AND next_due <= statement_timestamp()
  AND NOT EXISTS (SELECT FROM stops WHERE scope = 'fleet')
  AND user_id <> ALL (ARRAY(SELECT user_id FROM stops WHERE scope = 'user'))
ORDER BY next_due
LIMIT $1
FOR UPDATE SKIP LOCKED
