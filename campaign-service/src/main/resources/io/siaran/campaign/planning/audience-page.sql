-- The leads that a run concerns, after a cursor, in the order of their ids, and why some of them are left out.
-- $1 user, $2 niche tag, $3 target status, $4 skip devices that are not online, $5 segment or null, $6 cursor,
-- $7 page size, $8 when the run's fan-out began: who came later belongs to none of its pages.
-- Most leads have no attributes, and nothing is to be read of them.
SELECT id, device_id, phone, name, nullif(attributes, '{}')::text AS attributes, version, platform, refusal
  FROM candidates($1, $2, $3, $4, $5::text::jsonb)
 WHERE id > $6
   AND created_at <= $8
   AND refusal IS DISTINCT FROM 'wrong_status'
 ORDER BY id
 LIMIT $7
