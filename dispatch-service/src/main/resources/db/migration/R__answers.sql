-- What people answer to: the last message that was sent to them within seven days before. A reply answers what the device sent that it
-- came to, an opt-out whatever any device of the user sent.

CREATE OR REPLACE FUNCTION count_answers(answer text, users text[], phones text[], devices uuid[], times timestamptz[])
  RETURNS void LANGUAGE plpgsql AS $$
DECLARE
  answered uuid[];
  answered_at timestamptz[];
BEGIN
  -- Looked for before the lock is taken, so that nobody waits for the search of another's. What changes until then could as well change
  -- after the commit, since outcomes wait for no counter: a message of which it is told later that it was sent before the answer is not
  -- looked for again. Whether a message was answered before is judged below, under the lock.
  SELECT array_agg(m.id ORDER BY m.id), array_agg(m.at ORDER BY m.id) INTO answered, answered_at
  FROM (
    SELECT each.id, min(each.at) AS at
    FROM (
      SELECT DISTINCT ON (p.user_id, p.phone, a.nth) sent.id, a.at
      FROM (
        SELECT user_id, phone, min(at) AS first, array_agg(device_id) AS devices, array_agg(at) AS times
        FROM unnest(users, phones, devices, times) AS told (user_id, phone, device_id, at)
        GROUP BY user_id, phone) AS p
      CROSS JOIN LATERAL (
        -- The id begins with the planned time, and bounds the months that are looked at. No more than the newest 200 of a person: whoever
        -- has thousands wait for one phone, and that phone answer each, costs no more.
        SELECT newest.id, newest.device_id, newest.sent_at, newest.kind FROM broadcast_messages AS newest
        WHERE newest.user_id = p.user_id AND newest.recipient_phone = p.phone
          AND newest.id >= first_id((p.first AT TIME ZONE 'UTC')::date - 21)
        ORDER BY newest.id DESC LIMIT 200) AS sent
      CROSS JOIN LATERAL unnest(p.devices, p.times) WITH ORDINALITY AS a (device_id, at, nth)
      WHERE (a.device_id IS NULL OR sent.device_id = a.device_id)
        AND sent.sent_at BETWEEN a.at - interval '7 days' AND a.at AND sent.kind <> 'test'
      ORDER BY p.user_id, p.phone, a.nth, sent.sent_at DESC) AS each
    GROUP BY each.id) AS m;
  IF answered IS NULL THEN
    RETURN;
  END IF;
  -- Until its commit one counts at a time, whoever's answers those are. One statement may count twice, opt-outs that are new and those that
  -- are so again, and of two calls no order of the counters is one order. Replies and opt-outs commit soon after it.
  PERFORM pg_advisory_xact_lock(hashtext('siaran-dispatch-answers')::bigint);
  WITH first AS (
    INSERT INTO answers (message_id, what, at)
    SELECT id, answer, at FROM unnest(answered, answered_at) AS f (id, at) ORDER BY id
    ON CONFLICT DO NOTHING
    RETURNING message_id
  ),
  counted AS (
    SELECT a.user_id, a.planned_day, planned_hour(a.scheduled_at, a.time_zone) AS planned_hour, a.device_id, a.kind, a.campaign_id,
      a.sequence_id, a.sequence_stepid, counted_niche(a.niche) AS niche,
      CASE answer WHEN 'replied' THEN count(*) ELSE 0 END AS replied, CASE answer WHEN 'opted_out' THEN count(*) ELSE 0 END AS opted_out
    FROM first AS f
    -- One look-up each, in the month of the id.
    CROSS JOIN LATERAL (SELECT * FROM broadcast_messages AS m WHERE m.id = f.message_id LIMIT 1) AS a
    GROUP BY 1, 2, 3, 4, 5, 6, 7, 8, 9
  ),
  of_devices AS (
    INSERT INTO answer_counts AS c (user_id, planned_day, planned_hour, device_id, kind, campaign_id, sequence_id, sequence_stepid,
      niche, replied, opted_out)
    SELECT * FROM counted ORDER BY 1, 2, 3, 4, 5, 6, 7, 8, 9
    ON CONFLICT (user_id, planned_day, planned_hour, device_id, kind, campaign_id, sequence_id, sequence_stepid, niche)
    DO UPDATE SET replied = c.replied + excluded.replied, opted_out = c.opted_out + excluded.opted_out
  ),
  of_months AS (
    INSERT INTO answer_months AS c (user_id, month, device_id, kind, replied, opted_out)
    SELECT user_id, date_trunc('month', planned_day)::date, device_id, kind, sum(replied), sum(opted_out)
    FROM counted GROUP BY 1, 2, 3, 4 ORDER BY 1, 2, 3, 4
    ON CONFLICT (user_id, month, device_id, kind)
    DO UPDATE SET replied = c.replied + excluded.replied, opted_out = c.opted_out + excluded.opted_out
  )
  INSERT INTO answer_hours AS c (user_id, planned_day, planned_hour, kind, campaign_id, sequence_id, sequence_stepid, niche,
    replied, opted_out)
  SELECT user_id, planned_day, planned_hour, kind, campaign_id, sequence_id, sequence_stepid, niche, sum(replied), sum(opted_out)
  FROM counted
  GROUP BY 1, 2, 3, 4, 5, 6, 7, 8
  ORDER BY 1, 2, 3, 4, 5, 6, 7, 8
  ON CONFLICT (user_id, planned_day, planned_hour, kind, campaign_id, sequence_id, sequence_stepid, niche)
  DO UPDATE SET replied = c.replied + excluded.replied, opted_out = c.opted_out + excluded.opted_out;
END $$;

CREATE OR REPLACE FUNCTION count_replies() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM count_answers('replied', array_agg(user_id), array_agg(phone), array_agg(device_id), array_agg(at))
  FROM new_rows HAVING count(*) > 0;
  RETURN NULL;
END $$;

CREATE OR REPLACE TRIGGER count_replies AFTER INSERT ON replies
  REFERENCING NEW TABLE AS new_rows
  FOR EACH STATEMENT EXECUTE FUNCTION count_replies();

CREATE OR REPLACE FUNCTION count_new_opt_outs() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM count_answers('opted_out', array_agg(user_id), array_agg(phone), array_agg(NULL::uuid), array_agg(clock_timestamp()))
  FROM new_rows WHERE NOT deleted AND phone <> '9990000000000' HAVING count(*) > 0;
  RETURN NULL;
END $$;

CREATE OR REPLACE TRIGGER count_new_opt_outs AFTER INSERT ON suppressions
  REFERENCING NEW TABLE AS new_rows
  FOR EACH STATEMENT EXECUTE FUNCTION count_new_opt_outs();

CREATE OR REPLACE FUNCTION count_changed_opt_outs() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM count_answers('opted_out', array_agg(n.user_id), array_agg(n.phone), array_agg(NULL::uuid), array_agg(clock_timestamp()))
  FROM new_rows AS n JOIN old_rows AS o USING (user_id, phone)
  WHERE o.deleted AND NOT n.deleted HAVING count(*) > 0;
  RETURN NULL;
END $$;

CREATE OR REPLACE TRIGGER count_changed_opt_outs AFTER UPDATE ON suppressions
  REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows
  FOR EACH STATEMENT EXECUTE FUNCTION count_changed_opt_outs();
