-- Writes leads that the transaction has locked; takes the arguments of insert-leads.sql.
UPDATE leads l
   SET device_id = n.device_id, phone = n.phone, name = n.name, niche = n.niche,
       niche_tags = string_to_array(n.niche_tags, ','), target_status = n.target_status, trigger = n.trigger,
       attributes = n.attributes::jsonb, version = n.version, deleted = n.deleted, updated_at = n.updated_at,
       consent_source = n.consent_source, consent_at = n.consent_at,
       withdrawn = n.withdrawn::uuid[]
  FROM unnest($1::uuid[], $2::text[], $3::uuid[], $4::text[], $5::text[], $6::text[], $7::text[], $8::text[], $9::text[],
              $10::text[], $11::bigint[], $12::boolean[], $13::timestamptz[], $14::timestamptz[],
              $15::text[], $16::timestamptz[], $17::text[])
       AS n (id, user_id, device_id, phone, name, niche, niche_tags, target_status, trigger, attributes,
             version, deleted, created_at, updated_at, consent_source, consent_at, withdrawn)
 WHERE l.user_id = n.user_id AND l.id = n.id
