-- Publishes a run again from its beginning when dispatch still has stored less than was published: a topic was lost.
-- The ids are the same, so what did arrive changes nothing.
WITH short AS (
  SELECT f.campaign_id, f.run
    FROM fanouts f
    JOIN campaigns c ON c.id = f.campaign_id AND c.run = f.run AND c.status = 'triggered'
   WHERE f.ended_at < clock_timestamp() - $1 * interval '1 millisecond'
     AND f.published > (SELECT coalesce(sum(p.stored), 0)
                          FROM campaign_progress p
                         WHERE p.campaign_id = f.campaign_id AND p.run = f.run)
     FOR UPDATE OF f SKIP LOCKED
), forgotten AS (
  DELETE FROM fanout_devices d USING short WHERE d.campaign_id = short.campaign_id AND d.run = short.run
)
UPDATE fanouts f
   SET cursor = NULL, published = 0, ended_at = NULL, repeats = repeats + 1
  FROM short
 WHERE f.campaign_id = short.campaign_id AND f.run = short.run
RETURNING f.campaign_id, f.run, f.repeats
