-- Takes a fan-out that has work and that nobody works on: of the user of whom the fewest are worked on, by all replicas, the one that
-- waits longest. So the users take turns, and who triggers hundreds of campaigns delays nobody by more than one of them.
-- Its row is locked and others skip it, so one replica gets it; the new lease number shuts out a holder that comes back after its time.
-- It reads what is worked on, and walks the line from its head past the fan-outs of those users only; sixteen of each turn are more
-- than others can be about to take. $1 lease, $2 its length in milliseconds.
WITH held AS MATERIALIZED (
  SELECT user_id, count(*) AS fanouts
    FROM fanouts
   WHERE lease IS NOT NULL AND lease_until >= clock_timestamp()
   GROUP BY user_id
), next AS MATERIALIZED (
  (SELECT line.campaign_id, line.run, 0 AS held
     FROM fanouts_in_line line
    WHERE line.user_id <> ALL (ARRAY(SELECT user_id FROM held))
    ORDER BY line.opened_at
    LIMIT 16)
  UNION ALL
  SELECT own.campaign_id, own.run, held.fanouts
    FROM held
   CROSS JOIN LATERAL (
         SELECT line.campaign_id, line.run
           FROM fanouts_in_line line
          WHERE line.user_id = held.user_id
          ORDER BY line.opened_at
          LIMIT 16) AS own
)
UPDATE fanouts f
   SET lease = $1, lease_until = clock_timestamp() + $2 * interval '1 millisecond'
  FROM (SELECT open.campaign_id, open.run
          FROM next
          JOIN fanouts open ON open.campaign_id = next.campaign_id AND open.run = next.run
         WHERE open.ended_at IS NULL AND (open.lease_until IS NULL OR open.lease_until < clock_timestamp())
         ORDER BY next.held, open.opened_at
         LIMIT 1
           FOR UPDATE OF open SKIP LOCKED) free
 WHERE f.campaign_id = free.campaign_id AND f.run = free.run
RETURNING f.campaign_id, f.run, f.cursor, f.started_at, f.repeats > 0 AS repeated
