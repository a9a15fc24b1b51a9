-- The pacing row of a device that never spoke.
INSERT INTO device_pacing (device_id, busy_until) VALUES ($1::uuid, 'epoch') ON CONFLICT DO NOTHING
