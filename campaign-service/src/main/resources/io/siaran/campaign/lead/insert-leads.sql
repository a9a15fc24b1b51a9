-- No row for a phone that its user has on that device already; answers the others. In the order of devices and phones, so
-- that two writers of the same people wait for each other rather than deadlock.
INSERT INTO leads (id, user_id, device_id, phone, name, niche, niche_tags, target_status, trigger, attributes,
                   version, deleted, created_at, updated_at, consent_source, consent_at, withdrawn)
SELECT id, user_id, device_id, phone, name, niche, string_to_array(niche_tags, ','), target_status, trigger,
       attributes::jsonb, version, deleted, created_at, updated_at, consent_source, consent_at, withdrawn::uuid[]
  FROM unnest($1::uuid[], $2::text[], $3::uuid[], $4::text[], $5::text[], $6::text[], $7::text[], $8::text[], $9::text[],
              $10::text[], $11::bigint[], $12::boolean[], $13::timestamptz[], $14::timestamptz[],
              $15::text[], $16::timestamptz[], $17::text[])
       AS n (id, user_id, device_id, phone, name, niche, niche_tags, target_status, trigger, attributes,
             version, deleted, created_at, updated_at, consent_source, consent_at, withdrawn)
 ORDER BY user_id, device_id, phone
ON CONFLICT (user_id, device_id, phone) WHERE NOT deleted DO NOTHING
RETURNING id
