-- Forgets what was published as it stands; what was changed meanwhile is published once more, after whoever changed it: on
-- the topic the highest version of a lead is always the last. $1 users, $2 leads, $3 the versions that were published.
WITH published AS (
  SELECT * FROM unnest($1::text[], $2::uuid[], $3::bigint[]) AS p (user_id, lead_id, version)
), settled AS (
  DELETE FROM lead_news n
   USING published p
    JOIN leads l ON l.user_id = p.user_id AND l.id = p.lead_id AND l.version = p.version
   WHERE n.user_id = p.user_id AND n.lead_id = p.lead_id
  RETURNING n.user_id, n.lead_id
)
UPDATE lead_news n
   SET claimed_to = '-infinity'
  FROM published p
 WHERE n.user_id = p.user_id AND n.lead_id = p.lead_id
   AND NOT EXISTS (SELECT FROM settled s WHERE s.user_id = n.user_id AND s.lead_id = n.lead_id)
