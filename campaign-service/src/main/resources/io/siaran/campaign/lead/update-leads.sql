-- Writes leads that the transaction has locked.
UPDATE leads l
   SET device_id = n.device_id, phone = n.phone, name = n.name, niche = n.niche,
       niche_tags = string_to_array(n.niche_tags, ','), target_status = n.target_status, trigger = n.trigger,
       version = n.version, deleted = n.deleted
  FROM unnest($1::uuid[], $2::uuid[], $3::text[], $4::text[], $5::text[], $6::text[], $7::text[], $8::text[],
              $9::bigint[], $10::boolean[])
       AS n (id, device_id, phone, name, niche, niche_tags, target_status, trigger, version, deleted)
 WHERE l.id = n.id
