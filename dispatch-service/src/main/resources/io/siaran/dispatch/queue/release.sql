-- Releases the best due messages of leased devices to the gateway: state and Send in one statement. Answers what it
-- released, and with a reason what met its turn and must not be sent, for the caller to end.
-- $1 devices, $2 window, $3 seconds of pause that may be in flight beyond the first message, $4 seconds that a turn may
-- come late, $5 seconds from not_after to the end of the lease, $6 and $7 the pause when nobody says, $8 seconds until a
-- campaign ages.
-- Safe: the caller holds the rows of device_queue, so nobody else releases for them. Messages that somebody is changing
-- are skipped rather than waited for, so a release never waits and is in no deadlock.
-- Cost: for each device and priority one index scan that stops after the window, in each month that may have open messages
-- (queue_bounds; the months before are pruned).
WITH device AS (
  SELECT d.device_id, d.user_id, d.min_delay, d.max_delay, d.slow_factor, d.anti_spam, d.cold_held_until, flight.messages AS in_flight, flight.pause AS in_flight_pause
  FROM device_queue AS d
  CROSS JOIN LATERAL (
    -- In an order that only the index of what is in flight has: see by-index.sql.
    SELECT count(*)::int AS messages, coalesce(sum(max_pause), 0)::int AS pause
    FROM (
      SELECT max_pause FROM broadcast_messages
      WHERE device_id = d.device_id AND status = 'processing' AND id >= (SELECT open_from FROM queue_bounds)
      ORDER BY recall_at) AS released) AS flight
  WHERE d.device_id = ANY ($1::uuid[]) AND flight.messages < $2::int
),
due AS (
  SELECT d.*, c.*,
    c.twin_reached IS TRUE OR c.run > 1 AND EXISTS (
      SELECT FROM broadcast_messages AS earlier
      WHERE earlier.kind = 'campaign' AND earlier.status IN ('sent', 'unknown')
        AND earlier.campaign_id = c.campaign_id AND earlier.lead_id = c.lead_id AND earlier.run < c.run) AS reached
  FROM device AS d
  CROSS JOIN (VALUES (0), (1), (2)) AS p (priority)
  CROSS JOIN LATERAL (
    SELECT m.id, m.priority, m.due_at, m.created_at, m.min_delay AS own_min_delay, m.max_delay AS own_max_delay,
      CASE m.kind WHEN 'campaign' THEN m.run ELSE 0 END AS run, m.campaign_id, m.lead_id,
      twin.reached AS twin_reached
    FROM broadcast_messages AS m
    -- Of a later run: not while its lead may still get the one of an earlier run. Also while that one only waits: the news
    -- that its run is over may not be here yet, and another replica may be releasing it on another device.
    -- Joined from the side, or every month would have a plan of it for every month; and a range of one, in an order that
    -- only the index of a lead's open messages has: see by-index.sql. Of a first run nothing is read.
    LEFT JOIN LATERAL (
      SELECT earlier.id
      FROM broadcast_messages AS earlier
      WHERE m.run > 1 AND m.kind = 'campaign'
        AND earlier.lead_id BETWEEN m.lead_id AND m.lead_id AND earlier.status IN ('pending', 'processing')
        AND earlier.kind = 'campaign' AND earlier.campaign_id = m.campaign_id AND earlier.run < m.run
        AND earlier.id >= (SELECT open_from FROM queue_bounds)
      ORDER BY earlier.lead_id
      LIMIT 1) AS open ON true
    -- The same of its phone, which another lead may have had in the earlier run, where the plan writes to nobody twice.
    LEFT JOIN LATERAL (
      SELECT bool_or(earlier.status IN ('sent', 'unknown')) AS reached, bool_or(earlier.status IN ('pending', 'processing')) AS open
      FROM (
        SELECT status FROM broadcast_messages
        WHERE m.run > 1 AND m.kind = 'campaign'
          AND (SELECT plan.once_per_phone FROM plans AS plan WHERE plan.id = m.plan_id AND plan.user_id = m.user_id)
          AND user_id = m.user_id AND recipient_phone BETWEEN m.recipient_phone AND m.recipient_phone
          AND kind = 'campaign' AND (campaign_id = m.campaign_id) IS TRUE AND run < m.run
        ORDER BY recipient_phone) AS earlier) AS twin ON true
    WHERE m.device_id = d.device_id AND m.priority = p.priority AND m.status = 'pending' AND NOT m.parked
      -- IS TRUE keeps it from the indexes that begin with a user: the one of the release is to be taken.
      AND (m.user_id = d.user_id) IS TRUE
      AND m.due_at <= statement_timestamp() AND m.id >= (SELECT open_from FROM queue_bounds)
      AND (m.expires_at IS NULL OR m.expires_at > statement_timestamp())
      AND NOT EXISTS (
        SELECT FROM plans AS plan WHERE plan.id = m.plan_id AND plan.user_id = m.user_id
          AND (plan.deleted OR plan.status = 'cancelled' OR plan_waits(plan.status, plan.open_until) OR m.run < plan.run))
      AND NOT EXISTS (
        SELECT FROM suppressions AS s WHERE s.user_id = m.user_id AND s.phone = m.recipient_phone AND NOT s.deleted)
      AND m.moving_to IS NULL
      AND NOT EXISTS (
        SELECT FROM leads AS l WHERE l.id = m.lead_id AND l.user_id = m.user_id
          AND (l.deleted OR l.device_id <> m.device_id OR l.phone <> m.recipient_phone))
      AND NOT EXISTS (SELECT FROM withdrawals AS w WHERE w.message_id = m.id AND w.user_id = m.user_id)
      AND open.id IS NULL AND twin.open IS NOT TRUE
    ORDER BY m.due_at, m.created_at, m.id
    LIMIT $2::int - d.in_flight
    FOR UPDATE OF m SKIP LOCKED) AS c
  -- A full day holds all but direct messages, which may be answers: the gateway knows who wrote.
  WHERE p.priority = 0 OR coalesce(d.cold_held_until <= statement_timestamp(), true)
),
candidate AS (
  SELECT d.in_flight, d.in_flight_pause, d.anti_spam, d.id, pause.shortest, pause.longest,
    row_number() OVER turns AS place,
    sum(pause.longest) OVER turns AS pause_so_far
  FROM due AS d
  CROSS JOIN LATERAL (
    -- A device that is to be spared pauses longer, whoever names the pause, and also where none is named; 3,600 seconds is the longest
    -- that there is.
    SELECT least(greatest(coalesce(d.own_min_delay, d.min_delay, $6::int), spared.least) * d.slow_factor, 3600) AS shortest,
      least(greatest(coalesce(d.own_max_delay, d.max_delay, $7::int), spared.least) * d.slow_factor, 3600) AS longest
    FROM (SELECT CASE WHEN d.slow_factor > 1 THEN 1 ELSE 0 END AS least) AS spared) AS pause
  WHERE NOT d.reached
  -- An aged campaign stands among the steps, by due time: neither can starve the other, and a direct message waits for none.
  WINDOW turns AS (
    PARTITION BY d.device_id
    ORDER BY CASE WHEN d.priority = 2 AND d.due_at < statement_timestamp() - $8::int * interval '1 second'
               THEN 1 ELSE d.priority END,
      d.due_at, d.created_at, d.id)
),
taken AS (
  SELECT id, shortest, longest, anti_spam, place,
    statement_timestamp() + (in_flight_pause + pause_so_far + $4::int) * interval '1 second' AS not_after
  FROM candidate
  WHERE in_flight + place <= $2::int AND (in_flight + place = 1 OR in_flight_pause + pause_so_far <= $3::int)
),
released AS (
  UPDATE broadcast_messages AS m SET
    status      = 'processing',
    try_no      = m.try_no + 1,
    max_pause   = t.longest,
    not_after   = least(t.not_after, m.expires_at),
    lease_until = least(t.not_after, m.expires_at) + $5::int * interval '1 second',
    recall_at   = least(t.not_after, m.expires_at) + $5::int * interval '1 second'
  FROM taken AS t
  WHERE m.id = t.id
  RETURNING m.*, t.shortest, t.longest, t.anti_spam AS device_anti_spam, t.place
),
published AS (
  INSERT INTO outbox (topic, key, payload)
  SELECT 'device-sends', device_id, send_record(id, try_no, user_id, device_id, not_after, superseded_try, kind,
    recipient_phone, recipient_name, attributes, niche, type, message, media_url, shortest, longest,
    coalesce(anti_spam, device_anti_spam), time_zone, check_number)
  FROM released
  ORDER BY device_id, place
)
SELECT id, NULL AS reason FROM released
UNION ALL
SELECT id, 'sent_in_earlier_run' FROM due WHERE reached
