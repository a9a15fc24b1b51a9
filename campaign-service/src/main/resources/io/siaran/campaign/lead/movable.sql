-- Leads of one device that could go to another: not those whose phone stands there already. After a cursor, in the order of
-- the key. $1 user, $2 from, $3 to, $4 niche tag or null, $5 cursor, $6 at most so many.
SELECT l.id
  FROM leads l
 WHERE l.user_id = $1 AND l.device_id = $2 AND NOT l.deleted
   AND ($4::text IS NULL OR l.niche_tags @> ARRAY[$4::text])
   AND l.id > $5
   AND NOT EXISTS (SELECT FROM leads t
                    WHERE t.user_id = l.user_id AND t.device_id = $3 AND t.phone = l.phone AND NOT t.deleted)
 ORDER BY l.id
 LIMIT $6
