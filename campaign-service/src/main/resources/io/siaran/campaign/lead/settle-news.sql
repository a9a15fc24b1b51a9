-- Forgets what was published as it stands; what was changed meanwhile is published once more, after whoever changed it: on
-- the topic the highest version of a lead is always the last. $1 users, $2 leads, $3 the versions that were published.
-- Who changes a lead at this moment is waited for, in the order in which news are added: looked at without, the row would go with the news
-- of what they commit. What has an older snapshot in the outbox, which then comes after, stays until its claim ends, and is published once
-- more.
WITH published AS (
  SELECT * FROM unnest($1::text[], $2::uuid[], $3::bigint[]) AS p (user_id, lead_id, version)
), mine AS MATERIALIZED (
  SELECT n.user_id, n.lead_id, n.version <= p.version AND l.version = p.version AS stands
    FROM lead_news n
    JOIN published p USING (user_id, lead_id)
    JOIN leads l ON l.user_id = p.user_id AND l.id = p.lead_id
   ORDER BY n.user_id, n.lead_id
     FOR UPDATE OF n
), overtaken AS MATERIALIZED (
  SELECT p.lead_id FROM published p WHERE p.lead_id::text IN (SELECT o.key FROM outbox o WHERE o.topic = 'leads')
), settled AS (
  DELETE FROM lead_news n
   USING mine m
   WHERE n.user_id = m.user_id AND n.lead_id = m.lead_id
     AND m.stands AND m.lead_id NOT IN (SELECT o.lead_id FROM overtaken o)
)
UPDATE lead_news n
   SET claimed_to = '-infinity'
  FROM mine m
 WHERE n.user_id = m.user_id AND n.lead_id = m.lead_id
   AND NOT m.stands
