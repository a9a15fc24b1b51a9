-- The first leads that a campaign would reach. $1 user, $2 niche tag, $3 target status, $4 skip devices that are not online,
-- $5 segment or null, $6 at most so many.
SELECT id, device_id, phone, name, attributes::text AS attributes, version, platform, refusal
  FROM candidates($1, $2, $3, $4, $5::text::jsonb)
 WHERE refusal IS NULL
 ORDER BY id
 LIMIT $6
