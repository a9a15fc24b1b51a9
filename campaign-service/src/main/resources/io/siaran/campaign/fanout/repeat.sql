-- Publishes a run again from its beginning when dispatch has stored less than was published, and no more has come for $1
-- milliseconds, twice as long after each repetition, at most $2 times: a topic was lost. The ids are the same, so what did
-- arrive changes nothing; the audience is whom the first time reached, of those whom the campaign concerns still (Streaming).
WITH short AS (
  SELECT f.campaign_id, f.run
    FROM fanouts f
    JOIN campaigns c ON c.id = f.campaign_id AND c.run = f.run AND c.status = 'triggered'
    LEFT JOIN run_progress s ON s.campaign_id = f.campaign_id AND s.run = f.run
   WHERE f.published > coalesce(s.stored, 0)
     AND f.repeats < $2
     AND greatest(f.ended_at, s.stored_at) < clock_timestamp() - $1 * power(2, f.repeats) * interval '1 millisecond'
     AND f.ended_at IS NOT NULL
     FOR UPDATE OF f SKIP LOCKED
)
UPDATE fanouts f
   SET cursor = NULL, ended_at = NULL, repeats = repeats + 1, opened_at = clock_timestamp()
  FROM short
 WHERE f.campaign_id = short.campaign_id AND f.run = short.run
RETURNING f.campaign_id, f.run, f.repeats
