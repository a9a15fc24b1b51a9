-- What of a run's audience each device has still to send: the first messages of a large one are sent before its last is published.
-- $1 campaign, $2 run.
SELECT audience.device_id,
       greatest(audience.published - coalesce(p.sent + p.failed + p.cancelled + p.unknown, 0), 0) AS messages
  FROM fanout_devices audience
  LEFT JOIN campaign_progress p
    ON p.campaign_id = audience.campaign_id AND p.run = audience.run AND p.device_id = audience.device_id
 WHERE audience.campaign_id = $1 AND audience.run = $2
