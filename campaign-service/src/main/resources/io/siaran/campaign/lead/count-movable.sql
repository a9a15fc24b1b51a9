-- How many leads of one device could go to another, and how many stay because their phone stands there already.
-- $1 user, $2 from, $3 to, $4 niche tag or null.
SELECT count(*) FILTER (WHERE NOT there) AS movable, count(*) FILTER (WHERE there) AS in_the_way
  FROM (SELECT EXISTS (SELECT FROM leads t
                        WHERE t.user_id = l.user_id AND t.device_id = $3 AND t.phone = l.phone AND NOT t.deleted) AS there
          FROM leads l
         WHERE l.user_id = $1 AND l.device_id = $2 AND NOT l.deleted
           AND ($4::text IS NULL OR l.niche_tags @> ARRAY[$4::text])) AS judged
