-- Lets devices go that were held for a host which serves again: each second so many that all are gone within $2 s, at least
-- $1 a second. Their holds are over, and their snapshots have dispatch release their messages. A device whose own breaker
-- was open is half open: its next call shows whether the host serves it too. Answers a row a device.
-- For a minute, since some may be locked when the others go; what is held anew meanwhile stays held. A hold that is a moment
-- old is left alone: dispatch may hear of the hold after it heard of its end.
-- Safe on several instances: the host's row is locked, who does not get it has nothing to do. Nothing else is waited for.
WITH serving AS MATERIALIZED (
  SELECT host, closed_at, releasing FROM platform_hosts
  WHERE releasing IS NOT NULL ORDER BY host FOR UPDATE SKIP LOCKED
), paced AS MATERIALIZED (
  SELECT serving.host, closed_at, CASE WHEN releasing > 0 THEN releasing ELSE (
    SELECT greatest($1::int, ceil(count(*) / $2::float8)::int) FROM device_pacing p
    WHERE p.host = serving.host AND p.hold_reason = 'platform_trouble') END AS a_second
  FROM serving
), chosen AS MATERIALIZED (
  SELECT paced.host, pick.device_id FROM paced CROSS JOIN LATERAL (
    SELECT p.device_id FROM device_pacing p JOIN devices d ON d.id = p.device_id
    WHERE p.host = paced.host AND p.hold_reason = 'platform_trouble' AND p.held_until > clock_timestamp()
      AND p.held_since <= paced.closed_at + interval '5 seconds'
      AND p.held_since < clock_timestamp() - interval '3 seconds' AND NOT d.deleted
    ORDER BY NOT p.holds_back, random()
    LIMIT paced.a_second
    FOR UPDATE OF p, d SKIP LOCKED) AS pick
), paces AS (
  UPDATE platform_hosts h SET
    releasing = CASE WHEN paced.closed_at > clock_timestamp() - interval '1 minute' THEN paced.a_second END
  FROM paced WHERE h.host = paced.host
), free AS (
  UPDATE device_pacing p SET held_until = clock_timestamp()
  FROM chosen WHERE p.device_id = chosen.device_id
), woken AS (
  UPDATE devices d SET version = d.version + 1 FROM chosen WHERE d.id = chosen.device_id RETURNING d AS device
)
INSERT INTO outbox (topic, key, payload)
SELECT 'devices', (device).id::text, device_snapshot(device) FROM woken
