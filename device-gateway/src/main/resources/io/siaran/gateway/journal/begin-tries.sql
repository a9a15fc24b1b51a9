-- Begins tries, each if its device may send now. Answers a row a try that says what stood in the way, and none for a
-- device that has no pacing row yet. Everything is judged for the moment at which a try would begin: now, or the end of
-- the pause. No two tries of a call are of one device or of one message, and a try with shared rates is alone in its call:
-- a set cannot judge two turns of one rate.
-- Safe against other instances: the pacing rows are locked first, in the order given, so the turns of a device form a
-- queue, and what they read of it (its pause, its counters) is its newest version. The clock is read when all are
-- locked. Rows of shared rates are locked next, the fleet's before the user's (with the groups' order by user that is one
-- order for all), and only by a turn that nothing else holds up, until the commit of its group of turns. The journal's two
-- unique indexes refuse a try that was ever begun or given back, and a message that may have gone out, whatever this
-- statement's snapshot shows. What the calendar says comes as the stretch of time for which it holds (see Frame).
-- All or nothing is what a resend needs: where one waived the earlier try and was refused by an index all the same, the
-- statement fails as a whole, as a serialization failure; who asks again sees the row that was in the way.
-- A device that is held, or whose host's breaker is open while it is not the one that probes it, begins nothing; that a message
-- waits for the hold is noted, since with that the hold can be probed.
-- Who said STOP to any device of the user is left alone until campaign-service has decided since (last_wishes), for a day at most;
-- who did under a LID, or may have, by the device for ten minutes from when it is known whose LID that is. What such a hold keeps
-- back is to come again (awaits_word): only a suppression ends it for good.
-- A try to somebody who wrote to the device within $23 ms takes the reply lane: no cap counts or holds it, and a restricted device
-- (reach-out timelock) begins it all the same. All others are cold. Whom the number writes to for the first time is noted with
-- the beginning: one turn of a device after the other, so nobody is new twice.
-- What has begun is joined and never asked for by IN or EXISTS: a row that another transaction changed meanwhile is checked
-- once more, and PostgreSQL refuses to run an INSERT for such a check.
--   a try: $1 message $2 try $3 device $4 user $5 phone $6 delay in ms $7 not after $8 version of the device and $9 of its
--   user's rules that text and frame were made for $10 the text $11 the turn $12 the earlier try whose open outcome was
--   waived, or null $13 frame from $14 frame until $15 local day $16 daily cap $17 hourly cap, null where there is none
--   $18 the longest call in ms $24 how many people a day may be written to for the first time, null where there is no such cap
--   the call of the statement: $19 scopes of shared rates $20 their intervals $21 and tolerances in µs
--   $22 how long a device is held for its host, in ms $23 how long the reply lane is open to who wrote, in ms
WITH pacing AS MATERIALIZED (
  SELECT asked.*, p.busy_until, p.counted_day, p.sent_on_day, p.replies_on_day, p.first_contacts_on_day, p.failed_on_day,
    p.refused_on_day, p.recent_sends, p.held_until, p.hold_reason, p.probes_until,
    p.troubles, p.openings, p.refusals, p.contact_refusals
  FROM unnest($1::uuid[], $2::int[], $3::uuid[], $4::text[], $5::text[], $6::int[], $7::timestamptz[], $8::bigint[],
      $9::bigint[], $10::text[], $11::uuid[], $12::int[], $13::timestamptz[], $14::timestamptz[], $15::date[],
      $16::int[], $17::int[], $18::int[], $24::int[]) WITH ORDINALITY
    AS asked (message_id, try_no, device_id, user_id, phone, delay_ms, not_after, version, rules_version, text, turn,
      supersedes, opens, closes, day, daily_cap, hourly_cap, longest_ms, first_contact_cap, nth)
    JOIN device_pacing p USING (device_id)
  ORDER BY nth
  FOR UPDATE OF p
), clock AS MATERIALIZED (
  SELECT clock_timestamp() AS now, count(*) AS locked FROM pacing
), turn AS MATERIALIZED (
  SELECT
    nth, message_id, try_no, device_id, pacing.user_id, delay_ms, not_after, text, turn, supersedes, opens, closes,
    pacing.daily_cap, pacing.hourly_cap, pacing.phone, longest_ms, recent_sends, now,
    busy_until + delay_ms * interval '1 millisecond' AS allowed_at,
    greatest(counted_day, day) AS day,
    CASE WHEN counted_day >= day THEN sent_on_day ELSE 0 END AS sent_on_day,
    CASE WHEN counted_day >= day THEN replies_on_day ELSE 0 END AS replies_on_day,
    CASE WHEN counted_day >= day THEN first_contacts_on_day ELSE 0 END AS first_contacts_on_day,
    CASE WHEN counted_day >= day THEN failed_on_day ELSE 0 END AS failed_on_day,
    CASE WHEN counted_day >= day THEN refused_on_day ELSE 0 END AS refused_on_day,
    pacing.first_contact_cap, coalesce(device.linked_number, device.fingerprint) AS number,
    coalesce(heard.at > now - $23::bigint * interval '1 millisecond', false) AS is_reply,
    EXISTS (SELECT FROM contacted_people c
      WHERE c.number = ANY (ARRAY[device.fingerprint, device.linked_number]) AND c.phone = pacing.phone) AS is_met,
    device.condition = 'restricted' AS is_restricted, device.held_until AS restricted_until,
    pacing.held_until, pacing.hold_reason, troubles, openings, refusals, contact_refusals, device.host,
    host.host IS NOT NULL AS host_open,
    host.host IS NOT NULL AND coalesce(pacing.probes_until <= now, true) AS held_for_host,
    device.status AS device_status,
    device.user_id = pacing.user_id AS own,
    device.version = pacing.version AND coalesce(rules.version, 0) = pacing.rules_version AS current,
    coalesce(NOT suppression.deleted, false) AS suppressed,
    EXISTS (SELECT FROM last_wishes w WHERE w.user_id = pacing.user_id AND w.phone = pacing.phone AND w.stops
        AND w.heard_at > now - interval '1 day' AND coalesce(suppression.decided_at < w.said_at, true))
      OR EXISTS (SELECT FROM lid_phones l JOIN lid_suppressions s USING (device_id, lid)
        WHERE l.phone = pacing.phone AND l.device_id = pacing.device_id
        AND coalesce(s.known_at > now - interval '10 minutes', true)) AS awaits_word,
    EXISTS (SELECT FROM send_journal j WHERE j.message_id = pacing.message_id AND (j.try_no = pacing.try_no
      OR (j.state IN ('started', 'accepted', 'unknown') AND NOT j.superseded
        AND NOT (j.state = 'unknown' AND j.try_no IS NOT DISTINCT FROM pacing.supersedes)))) AS known
  FROM clock CROSS JOIN pacing
    LEFT JOIN devices device ON device.id = pacing.device_id AND NOT device.deleted
    LEFT JOIN platform_hosts host ON host.host = device.host AND host.open_since IS NOT NULL
    LEFT JOIN sending_rules rules ON rules.user_id = device.user_id
    LEFT JOIN suppressions suppression ON suppression.user_id = pacing.user_id AND suppression.phone = pacing.phone
    LEFT JOIN (SELECT device_id AS by_device, phone AS from_phone, at FROM recent_inbound) AS heard
      ON heard.by_device = pacing.device_id AND heard.from_phone = pacing.phone
), judged AS MATERIALIZED (
  SELECT *,
    CASE WHEN is_restricted AND is_reply THEN 'online' ELSE device_status END AS status,
    -- Once its end has passed the next check lets the device go, a minute later at the latest.
    CASE WHEN is_restricted AND NOT is_reply THEN greatest(restricted_until, now + interval '1 minute') END AS restricted_for_it,
    NOT is_reply AND NOT is_met AS is_first,
    NOT is_reply AND NOT is_met AND coalesce(first_contacts_on_day >= first_contact_cap, false) AS firsts_full,
    greatest(now, allowed_at) AS at,
    greatest(now, allowed_at) < opens OR greatest(now, allowed_at) >= closes AS outside,
    coalesce(held_until > greatest(now, allowed_at), false) AS is_held,
    NOT is_reply AND coalesce(sent_on_day >= daily_cap, false) AS day_full,
    CASE WHEN NOT is_reply THEN recent_sends[cardinality(recent_sends) - hourly_cap + 1] + interval '1 hour' END
      AS hour_free_at
  FROM turn
), free AS MATERIALIZED (
  SELECT *, own AND current AND status = 'online' AND NOT suppressed AND NOT awaits_word AND NOT known AND now >= allowed_at
    AND now <= not_after AND NOT is_held AND NOT held_for_host AND NOT outside AND NOT day_full AND NOT firsts_full AND coalesce(hour_free_at <= at, true) AS is_free
  FROM judged
), held AS (
  UPDATE device_pacing p SET
    holds_back = true,
    held_until = CASE WHEN is_held THEN p.held_until ELSE now + $22::bigint * (1 + 0.2 * random()) * interval '1 millisecond' END,
    held_since = CASE WHEN is_held THEN p.held_since ELSE now END,
    hold_reason = CASE WHEN is_held THEN p.hold_reason ELSE 'platform_trouble' END,
    host = CASE WHEN is_held THEN p.host ELSE free.host END
  FROM free
  WHERE p.device_id = free.device_id AND own AND status = 'online' AND NOT known
    AND (is_held AND NOT p.holds_back OR NOT is_held AND held_for_host)
  RETURNING p.device_id, p.held_until, p.hold_reason
), rate AS MATERIALIZED (
  SELECT scope, theoretical_arrival, step, free_at, now,
    -- Each that is refused gets a later time than the one before; after ten minutes of them it begins again at the first.
    CASE WHEN next_retry_at > free_at AND next_retry_at < now + interval '10 minutes' THEN next_retry_at ELSE free_at END
      AS retry_at
  FROM clock, LATERAL (
    SELECT r.scope, r.theoretical_arrival, r.next_retry_at, asked.step * interval '1 microsecond' AS step,
      r.theoretical_arrival - asked.tolerance * interval '1 microsecond' AS free_at
    FROM unnest($19::text[], $20::bigint[], $21::bigint[]) AS asked (scope, step, tolerance)
      JOIN sending_rates r USING (scope)
    WHERE (SELECT bool_and(is_free) FROM free)
    ORDER BY r.scope
    FOR UPDATE OF r) AS locked
), rates AS MATERIALIZED (
  SELECT count(*) = cardinality($19::text[]) AS are_known, coalesce(bool_and(free_at <= now), true) AS pass FROM rate
), waived AS (
  UPDATE send_journal j SET superseded = true FROM free, rates
  WHERE is_free AND are_known AND pass
    AND j.message_id = free.message_id AND j.try_no = free.supersedes AND j.state = 'unknown'
  RETURNING j.message_id
), begun AS (
  INSERT INTO send_journal (message_id, try_no, device_id, user_id, state, turn, started_at, call_deadline,
    delay_ms, phone, sent_text, lane, first_contact)
  SELECT message_id, try_no, device_id, user_id, 'started', turn, now, now + longest_ms * interval '1 millisecond',
    delay_ms, phone, text, CASE WHEN is_reply THEN 'reply' ELSE 'cold' END, is_first
  FROM free, rates, (SELECT count(*) FROM waived) AS first
  WHERE is_free AND are_known AND pass
  ON CONFLICT DO NOTHING
  RETURNING message_id, device_id, started_at, call_deadline
), met AS (
  INSERT INTO contacted_people (number, phone, since)
  SELECT free.number, free.phone, started_at FROM begun JOIN free USING (message_id) WHERE NOT is_met AND free.number IS NOT NULL
  ORDER BY 1, 2
  ON CONFLICT DO NOTHING
), counted AS (
  UPDATE device_pacing p SET
    busy_until = call_deadline,
    probes_until = NULL,
    counted_day = free.day,
    sent_on_day = free.sent_on_day + CASE WHEN is_reply THEN 0 ELSE 1 END,
    replies_on_day = free.replies_on_day + CASE WHEN is_reply THEN 1 ELSE 0 END,
    first_contacts_on_day = free.first_contacts_on_day + CASE WHEN is_first THEN 1 ELSE 0 END,
    failed_on_day = free.failed_on_day,
    refused_on_day = free.refused_on_day,
    recent_sends = CASE WHEN hourly_cap IS NULL THEN '{}' WHEN is_reply THEN free.recent_sends
      ELSE (free.recent_sends || started_at)[cardinality(free.recent_sends) + 2 - hourly_cap:] END
  FROM begun JOIN free USING (message_id) WHERE p.device_id = begun.device_id
), shared AS (
  UPDATE sending_rates r SET
    theoretical_arrival = CASE WHEN started_at IS NOT NULL THEN greatest(rate.theoretical_arrival, now) + step
      ELSE r.theoretical_arrival END,
    next_retry_at = CASE WHEN started_at IS NULL THEN retry_at + step ELSE r.next_retry_at END
  FROM rate LEFT JOIN begun ON true WHERE r.scope = rate.scope AND (started_at IS NOT NULL OR free_at > now)
  RETURNING r.scope, retry_at
)
SELECT
  nth,
  CASE WHEN begun.message_id IS NOT NULL THEN true WHEN waived.message_id IS NOT NULL THEN waived_for_nothing() ELSE false
    END AS begun,
  known,
  status,
  own,
  current,
  suppressed,
  awaits_word,
  is_free AND NOT are_known AS new_rate,
  troubles,
  openings,
  refusals,
  contact_refusals,
  host_open,
  CASE WHEN is_held OR held_for_host THEN coalesce(held.held_until, free.held_until) END AS held_until,
  coalesce(held.hold_reason, free.hold_reason) AS hold_reason,
  outside,
  at,
  CASE WHEN day_full THEN day END AS full_day,
  CASE WHEN firsts_full THEN day END AS full_of_firsts,
  restricted_for_it AS restricted_until,
  CASE WHEN hour_free_at > at THEN hour_free_at END AS hour_free_at,
  greatest(now, allowed_at) > not_after AS too_late,
  ceil(extract(epoch FROM allowed_at - now) * 1000)::bigint AS wait_ms,
  slow.scope AS slow_rate,
  slow.retry_at AS rate_free_at
FROM free LEFT JOIN begun USING (message_id) LEFT JOIN waived USING (message_id) LEFT JOIN held ON held.device_id = free.device_id
  CROSS JOIN rates
  LEFT JOIN (SELECT scope, retry_at FROM shared ORDER BY retry_at DESC LIMIT 1) AS slow ON begun.message_id IS NULL
