-- Begins a try, if its device may speak now; always answers one row that says what stood in the way, or none when the
-- device has no pacing row yet. Everything is judged for the moment at which it would begin: now, or the end of the pause.
-- Safe against other instances: the pacing row is locked first, so the turns of a device form a queue, and what they
-- read of it (its pause, what it said) is its newest version; rows of shared rates are locked next, the fleet's before
-- the user's (with the groups' order by user that is one order for all), and only by a turn that nothing else holds up, until the commit of its group of turns. The journal's two unique indexes
-- refuse a try that was ever begun or given back, and a message that may have gone out, whatever this statement's
-- snapshot shows. What the calendar says comes as the stretch of time for which it holds (see Frame).
--   $1 message $2 try $3 device $4 user $5 phone $6 delay in ms $7 not after $8 longest call in ms
--   $9 version of the device and $10 of its user's rules that text and frame were made for $11 the text $12 the turn
--   $13 the earlier try whose open outcome was waived, or null
--   $14 frame from $15 frame until $16 local day $17 daily cap $18 hourly cap, null where there is none
--   $19 scopes of shared rates $20 their intervals $21 and tolerances in µs
WITH pacing AS MATERIALIZED (
  SELECT busy_until, day, said, hour FROM device_pacing WHERE device_id = $3::uuid FOR UPDATE
), turn AS MATERIALIZED (
  SELECT
    clock_timestamp() AS now,
    pacing.busy_until + $6::int * interval '1 millisecond' AS allowed_at,
    $7::timestamptz AS not_after,
    greatest(pacing.day, $16::date) AS day,
    CASE WHEN pacing.day >= $16::date THEN pacing.said ELSE 0 END AS said,
    pacing.hour,
    device.status,
    device.user_id = $4::text AS own,
    device.version = $9::bigint AND coalesce(rules.version, 0) = $10::bigint AS current,
    EXISTS (SELECT FROM suppressions s WHERE s.user_id = $4::text AND s.phone = $5::text AND NOT s.deleted)
      AS suppressed,
    EXISTS (SELECT FROM send_journal j WHERE j.message_id = $1::uuid AND (j.try_no = $2::int
      OR (j.state IN ('started', 'accepted', 'unknown') AND NOT j.superseded
        AND NOT (j.state = 'unknown' AND j.try_no IS NOT DISTINCT FROM $13::int)))) AS known
  FROM pacing
    LEFT JOIN devices device ON device.id = $3::uuid AND NOT device.deleted
    LEFT JOIN sending_rules rules ON rules.user_id = device.user_id
), judged AS MATERIALIZED (
  SELECT *,
    greatest(now, allowed_at) AS at,
    greatest(now, allowed_at) < $14::timestamptz OR greatest(now, allowed_at) >= $15::timestamptz AS outside,
    coalesce(said >= $17::int, false) AS day_full,
    hour[cardinality(hour) - $18::int + 1] + interval '1 hour' AS hour_free_at
  FROM turn
), free AS MATERIALIZED (
  SELECT *, own AND current AND status = 'online' AND NOT suppressed AND NOT known AND now >= allowed_at
    AND now <= not_after AND NOT outside AND NOT day_full AND coalesce(hour_free_at <= at, true) AS is_free
  FROM judged
), rate AS MATERIALIZED (
  SELECT scope, spoken_to, step, free_at, now,
    -- Who is refused takes the next place in the line; a line of ten minutes begins again at its head.
    CASE WHEN line_to > free_at AND line_to < now + interval '10 minutes' THEN line_to ELSE free_at END AS place
  FROM turn, LATERAL (
    SELECT r.scope, r.spoken_to, r.line_to, asked.step * interval '1 microsecond' AS step,
      r.spoken_to - asked.tolerance * interval '1 microsecond' AS free_at
    FROM unnest($19::text[], $20::bigint[], $21::bigint[]) AS asked (scope, step, tolerance)
      JOIN sending_rates r USING (scope)
    WHERE (SELECT is_free FROM free)
    ORDER BY r.scope
    FOR UPDATE OF r) AS locked
), rates AS MATERIALIZED (
  SELECT count(*) = cardinality($19::text[]) AS are_known, coalesce(bool_and(free_at <= now), true) AS pass FROM rate
), waived AS (
  UPDATE send_journal SET superseded = true FROM free, rates
  WHERE is_free AND are_known AND pass AND message_id = $1::uuid AND try_no = $13::int AND state = 'unknown'
  RETURNING 1
), begun AS (
  INSERT INTO send_journal (message_id, try_no, device_id, user_id, state, turn, started_at, call_deadline,
    delay_ms, sent_text)
  SELECT $1::uuid, $2::int, $3::uuid, $4::text, 'started', $12::uuid, now,
    now + $8::int * interval '1 millisecond', $6::int, $11::text
  FROM free, rates, (SELECT count(*) FROM waived) AS first
  WHERE is_free AND are_known AND pass
  ON CONFLICT DO NOTHING
  RETURNING started_at, call_deadline
), said AS (
  UPDATE device_pacing p SET
    busy_until = call_deadline,
    day = CASE WHEN $17::int IS NOT NULL THEN free.day END,
    said = CASE WHEN $17::int IS NOT NULL THEN free.said + 1 ELSE 0 END,
    hour = CASE WHEN $18::int IS NOT NULL
      THEN (free.hour || started_at)[cardinality(free.hour) + 2 - $18::int:] ELSE '{}' END
  FROM begun, free WHERE p.device_id = $3::uuid
), shared AS (
  UPDATE sending_rates r SET
    spoken_to = CASE WHEN started_at IS NOT NULL THEN greatest(rate.spoken_to, now) + step ELSE r.spoken_to END,
    line_to = CASE WHEN started_at IS NULL THEN place + step ELSE r.line_to END
  FROM rate LEFT JOIN begun ON true WHERE r.scope = rate.scope AND (started_at IS NOT NULL OR free_at > now)
  RETURNING r.scope, place
)
SELECT
  started_at IS NOT NULL AS begun,
  known,
  status,
  own,
  current,
  suppressed,
  is_free AND NOT are_known AS new_rate,
  outside,
  at,
  CASE WHEN day_full THEN day END AS full_day,
  CASE WHEN hour_free_at > at THEN hour_free_at END AS hour_free_at,
  greatest(now, allowed_at) > not_after AS too_late,
  ceil(extract(epoch FROM allowed_at - now) * 1000)::bigint AS wait_ms,
  slow.scope AS slow_rate,
  slow.place AS rate_free_at
FROM free LEFT JOIN begun ON true LEFT JOIN rates ON true
  LEFT JOIN (SELECT scope, place FROM shared ORDER BY place DESC LIMIT 1) AS slow ON started_at IS NULL
