-- Wakes one device of each host whose breaker is open and whose probe is due: its hold is over, its next call, within half a
-- minute, may probe the host, and its snapshot has dispatch release its messages. One that is known to have a message that
-- waits, and rather one that was served last: the host's trouble is not its own. The next probe is due $1 ms later, and
-- goes through another device. Answers a row a probe.
-- A hold that is a moment old is left alone: dispatch may hear of the hold after it heard of its end.
-- Nobody is left to probe a host whose devices are deleted or have moved to another one: its breaker is forgotten, with its
-- alert.
-- Safe on several instances: the host's row is locked, who does not get it has nothing to do. Nothing else is waited for.
WITH due AS MATERIALIZED (
  SELECT host, EXISTS (SELECT FROM devices d WHERE d.host = h.host AND NOT d.deleted) AS has_devices
  FROM platform_hosts h WHERE next_probe_at <= clock_timestamp() ORDER BY host FOR UPDATE SKIP LOCKED
), next AS (
  UPDATE platform_hosts h SET next_probe_at = clock_timestamp() + $1::bigint * interval '1 millisecond'
  FROM due WHERE h.host = due.host AND has_devices
), left_alone AS (
  DELETE FROM platform_hosts h USING due WHERE h.host = due.host AND NOT has_devices
), chosen AS MATERIALIZED (
  SELECT pick.device_id FROM due CROSS JOIN LATERAL (
    SELECT p.device_id FROM device_pacing p JOIN devices d ON d.id = p.device_id
    WHERE p.host = due.host AND p.hold_reason = 'platform_trouble' AND p.holds_back AND d.host = due.host
      AND p.held_since < clock_timestamp() - interval '3 seconds' AND d.status = 'online' AND NOT d.deleted
    ORDER BY p.troubles > 0, random()
    LIMIT 1
    FOR UPDATE OF p, d SKIP LOCKED) AS pick
), ready AS (
  UPDATE device_pacing p SET held_until = clock_timestamp(), probes_until = clock_timestamp() + interval '30 seconds'
  FROM chosen WHERE p.device_id = chosen.device_id
), woken AS (
  UPDATE devices d SET version = d.version + 1 FROM chosen WHERE d.id = chosen.device_id RETURNING d AS device
)
INSERT INTO outbox (topic, key, payload)
SELECT 'devices', (device).id::text, device_snapshot(device) FROM woken
