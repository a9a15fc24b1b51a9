-- Remembers who ($3) is behind a LID ($2) at a device ($1); the replies that wait for it are due.
WITH learnt AS (
  INSERT INTO lid_phones AS known (device_id, lid, phone, learnt_at) VALUES ($1::uuid, $2::text, $3::text, clock_timestamp())
  ON CONFLICT (device_id, lid) DO UPDATE SET phone = excluded.phone, learnt_at = excluded.learnt_at
)
UPDATE inbound_messages SET resolve_at = clock_timestamp() WHERE device_id = $1::uuid AND lid = $2::text AND phone IS NULL
