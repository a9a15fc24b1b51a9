-- Takes the oldest fan-out that has work and that nobody works on. Its row is locked and others skip it, so one replica
-- gets it; the new lease number shuts out a holder that comes back after its time.
-- A campaign that leaves out devices that are not online judges them at its time, not up to 10 minutes before it.
UPDATE fanouts f
   SET lease = $1, lease_until = clock_timestamp() + $2 * interval '1 millisecond'
  FROM (SELECT open.campaign_id, open.run
          FROM fanouts open
          JOIN campaigns c ON c.id = open.campaign_id AND c.run = open.run AND c.status = 'triggered'
         WHERE open.ended_at IS NULL
           AND (open.lease_until IS NULL OR open.lease_until < clock_timestamp())
           AND (c.offline_devices <> 'skip' OR c.scheduled_at <= clock_timestamp())
         ORDER BY open.started_at
         LIMIT 1
           FOR UPDATE OF open SKIP LOCKED) free
 WHERE f.campaign_id = free.campaign_id AND f.run = free.run
RETURNING f.campaign_id, f.run, f.cursor, f.started_at
