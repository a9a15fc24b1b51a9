-- A campaign's current run on each device that it was published to or stored for.
SELECT device_id,
       CASE WHEN f.ended_at IS NULL OR p.stored IS NULL THEN coalesce(d.published, 0) ELSE p.stored END AS should_send,
       coalesce(d.skipped, 0) AS skipped,
       coalesce(p.pending, 0) AS pending, coalesce(p.processing, 0) AS processing, coalesce(p.sent, 0) AS sent,
       coalesce(p.delivered, 0) AS delivered, coalesce(p.read, 0) AS read, coalesce(p.failed, 0) AS failed,
       coalesce(p.cancelled, 0) AS cancelled, coalesce(p.unknown, 0) AS unknown
  FROM (SELECT * FROM fanout_devices WHERE campaign_id = $1 AND run = $2) d
  FULL JOIN (SELECT * FROM campaign_progress WHERE campaign_id = $1 AND run = $2) p USING (device_id)
  LEFT JOIN fanouts f ON f.campaign_id = $1 AND f.run = $2
 ORDER BY device_id
