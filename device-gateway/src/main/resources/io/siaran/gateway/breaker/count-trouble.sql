-- Hosts whose breaker is open now, and devices that are held for their platform's trouble now.
SELECT
  (SELECT count(*) FROM platform_hosts WHERE open_since IS NOT NULL) AS hosts,
  (SELECT count(*) FROM device_pacing WHERE hold_reason = 'platform_trouble' AND held_until > clock_timestamp()) AS devices
