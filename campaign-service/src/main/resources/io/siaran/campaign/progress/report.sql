-- A campaign's current run on each device that it concerns. What was published and is not stored yet waits, so the counts add
-- up to should_send at every moment. Once all of it is stored, what is stored counts: messages may have moved to another device.
SELECT device_id, n.should_send, coalesce(x.leads, 0) AS skipped,
       n.should_send - coalesce(p.stored, 0) + coalesce(p.pending, 0) AS pending,
       coalesce(p.processing, 0) AS processing, coalesce(p.sent, 0) AS sent,
       coalesce(p.delivered, 0) AS delivered, coalesce(p.read, 0) AS read, coalesce(p.failed, 0) AS failed,
       coalesce(p.cancelled, 0) AS cancelled, coalesce(p.unknown, 0) AS unknown, coalesce(r.people, 0) AS replied,
       coalesce(p.reasons, '{}') AS reasons
  FROM (SELECT * FROM fanout_devices WHERE campaign_id = $1 AND run = $2) d
  FULL JOIN (SELECT * FROM campaign_progress WHERE campaign_id = $1 AND run = $2) p USING (device_id)
  FULL JOIN (SELECT device_id, sum(leads)::bigint AS leads FROM fanout_exclusions WHERE campaign_id = $1 AND run = $2
              GROUP BY device_id) x USING (device_id)
  LEFT JOIN (SELECT device_id, count(*) AS people FROM campaign_replies WHERE campaign_id = $1 AND run = $2
              GROUP BY device_id) r USING (device_id)
 CROSS JOIN LATERAL (
       SELECT CASE WHEN whole.stored THEN coalesce(p.stored, 0)
                   ELSE greatest(coalesce(d.published, 0), coalesce(p.stored, 0)) END AS should_send
         FROM (SELECT EXISTS (
                 SELECT FROM fanouts f
                   JOIN run_progress s ON s.campaign_id = f.campaign_id AND s.run = f.run
                  WHERE f.campaign_id = $1 AND f.run = $2 AND f.ended_at IS NOT NULL AND s.stored >= f.published)
               AS stored) AS whole) AS n
 ORDER BY device_id
