-- Leaves a campaign (?1) alone that a batch (?2) could not move, with the reason (?3): for 2, 4, 8 ... seconds, at most 5 minutes. A
-- failure long after the one before begins anew. Safe to repeat: it only lengthens the wait. Forgets those of yesterday.
WITH gone AS (
  DELETE FROM campaign_setbacks
   WHERE again_at < clock_timestamp() - interval '1 day'
     AND campaign_id <> CAST(?1 AS uuid)
)
INSERT INTO campaign_setbacks AS s (campaign_id, batch, failures, reason, put_aside_at, again_at)
VALUES (CAST(?1 AS uuid), CAST(?2 AS text), 1, CAST(?3 AS text), clock_timestamp(), clock_timestamp() + interval '2 seconds')
ON CONFLICT (campaign_id, batch) DO UPDATE
   SET failures = CASE WHEN s.again_at < clock_timestamp() - interval '1 hour' THEN 1 ELSE s.failures + 1 END,
       reason = excluded.reason,
       put_aside_at = clock_timestamp(),
       again_at = clock_timestamp() + make_interval(secs => CASE WHEN s.again_at < clock_timestamp() - interval '1 hour' THEN 2
         ELSE least(300, power(2, least(s.failures + 1, 9))) END)
