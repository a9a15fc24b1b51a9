-- The pacing row of a device ($1) that never sent, and the rows of shared rates ($2) that were never used.
WITH rates AS (
  INSERT INTO sending_rates (scope) SELECT unnest($2::text[]) ON CONFLICT DO NOTHING
)
INSERT INTO device_pacing (device_id, busy_until) VALUES ($1::uuid, 'epoch') ON CONFLICT DO NOTHING
