-- Hosts whose breaker is open now, and devices that are held for their platform's trouble now. A host whose devices are all
-- paused keeps nobody waiting.
SELECT
  (SELECT count(*) FROM platform_hosts h WHERE open_since IS NOT NULL
    AND EXISTS (SELECT FROM devices d WHERE d.host = h.host AND NOT d.deleted AND d.status <> 'paused')) AS hosts,
  (SELECT count(*) FROM device_pacing WHERE hold_reason = 'platform_trouble' AND held_until > clock_timestamp()) AS devices
