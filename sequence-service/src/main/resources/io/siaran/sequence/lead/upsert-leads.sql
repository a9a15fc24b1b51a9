-- Stores snapshots of leads, unless a version at least as high is there. Safe to repeat. Gives the ids that changed.
INSERT INTO leads AS known (id, user_id, device_id, phone, name, niche, niches, target_status, attributes, version, deleted)
SELECT id, user_id, device_id, phone, name, niche, string_to_array(niches, ','), target_status, attributes::jsonb, version, deleted
FROM unnest($1::uuid[], $2::text[], $3::uuid[], $4::text[], $5::text[], $6::text[], $7::text[], $8::text[], $9::text[], $10::bigint[], $11::boolean[])
  AS given (id, user_id, device_id, phone, name, niche, niches, target_status, attributes, version, deleted)
-- One order for everybody: two instances never wait for each other in a circle.
ORDER BY id
ON CONFLICT (id) DO UPDATE SET
  device_id = excluded.device_id, phone = excluded.phone, name = excluded.name, niche = excluded.niche,
  niches = excluded.niches, target_status = excluded.target_status, attributes = excluded.attributes, version = excluded.version, deleted = excluded.deleted
WHERE known.version < excluded.version
RETURNING id
