-- Leads that a campaign would reach and whose text may be too long for their platform, after a cursor, in the order of their ids: only
-- their own values tell. Of whom neither the name nor the attributes are longer than $7, it is not.
-- $1 user, $2 niche tag, $3 target status, $4 skip devices that are not online, $5 segment or null, $6 platform, $7 code points,
-- $8 whether attributes count, $9 cursor, $10 page size.
SELECT id, device_id, phone, name, attributes::text AS attributes, version, platform, refusal
  FROM candidates($1, $2, $3, $4, $5::text::jsonb)
 WHERE id > $9
   AND refusal IS NULL
   AND platform = $6
   AND (length(name) > $7 OR ($8 AND length(attributes::text) > $7))
 ORDER BY id
 LIMIT $10
