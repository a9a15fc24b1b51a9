-- No row when the user has this phone on this device already.
INSERT INTO leads (id, user_id, device_id, phone, name, niche, niche_tags, target_status, trigger, version, created_at)
VALUES ($1, $2, $3, $4, $5, $6, string_to_array($7, ','), $8, $9, $10, $11)
ON CONFLICT (user_id, device_id, phone) WHERE NOT deleted DO NOTHING
