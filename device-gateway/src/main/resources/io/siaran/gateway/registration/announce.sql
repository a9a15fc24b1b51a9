-- Publishes the snapshot of a device (?1) as this transaction has made it. Its row is locked before the outbox takes an id, so
-- the order of ids is the order of commits.
INSERT INTO outbox (topic, key, payload)
SELECT 'devices', CAST(d.id AS text), device_snapshot(d) FROM devices d WHERE d.id = ?1
