-- Puts messages into the queue; those that may not be sent as what they are, with the reason.
-- Safe to repeat: the id is the primary key, and what is there already stays as it is. In order of id, so that two
-- consumers of the same records (a rebalance) wait for each other rather than deadlock.
WITH incoming AS (
  SELECT * FROM unnest(
    $1::uuid[], $2::text[], $3::text[], $4::uuid[], $5::uuid[], $6::uuid[], $7::int[], $8::uuid[], $9::uuid[], $10::uuid[],
    $11::text[], $12::text[], $13::text[]::jsonb[], $14::text[], $15::text[], $16::text[], $17::text[], $18::text[],
    $19::int[], $20::int[], $21::text[], $22::timestamptz[], $23::timestamptz[], $24::boolean[], $25::bigint[])
  AS m (id, kind, user_id, device_id, lead_id, campaign_id, run, sequence_id, sequence_stepid, contact_id,
        recipient_phone, recipient_name, attributes, niche, type, message, media_url, anti_spam,
        min_delay, max_delay, time_zone, scheduled_at, expires_at, check_number, lead_version)
),
judged AS (
  SELECT m.*, o.plan_paused,
    o.lead_device <> m.device_id OR EXISTS (
      SELECT FROM leads AS l
      WHERE l.id = m.lead_id AND l.user_id = m.user_id AND l.phone <> m.recipient_phone) AS astray,
    -- The news that its lead is elsewhere by now may be late: then nothing is known of its device.
    CASE WHEN o.lead_device <> m.device_id THEN o.besides_device ELSE o.first END AS reason
  FROM incoming AS m
  CROSS JOIN LATERAL obstacles(m.id, m.kind, m.user_id, m.device_id, m.lead_id, m.campaign_id,
    CASE m.kind WHEN 'campaign' THEN m.campaign_id WHEN 'step' THEN m.sequence_id END, m.run, m.recipient_phone) AS o
),
stored AS (
  INSERT INTO broadcast_messages (
    id, kind, user_id, device_id, lead_id, campaign_id, run, sequence_id, sequence_stepid, contact_id,
    recipient_phone, recipient_name, niche, type, message, media_url, min_delay, max_delay, anti_spam,
    time_zone, scheduled_at, expires_at, attributes, check_number, lead_version, due_at, status, failure_reason, parked)
  SELECT id, kind, user_id, device_id, lead_id, campaign_id, run, sequence_id, sequence_stepid, contact_id,
    recipient_phone, recipient_name, niche, type, message, media_url, min_delay, max_delay, anti_spam,
    time_zone, scheduled_at, expires_at, attributes, check_number, lead_version, scheduled_at, coalesce(ended_status(reason), 'pending'), reason,
    reason IS NULL AND plan_paused IS TRUE
  FROM judged
  ORDER BY id
  ON CONFLICT DO NOTHING
  RETURNING device_id, status, due_at
),
-- Its lead is on another device or has another phone, as far as we know: the news of the change may be late, or the message. The release leaves it
-- alone; in a minute it is reconciled with its lead, unless it is where its lead is by then, or knows more of its lead than we do.
strayed AS (
  INSERT INTO reconciliations AS r (subject, key, due_at)
  SELECT DISTINCT 'lead', lead_id::text, statement_timestamp() + interval '1 minute'
  FROM judged WHERE astray AND reason IS NULL
  ORDER BY 2
  ON CONFLICT (subject, key) DO UPDATE SET changed_at = excluded.changed_at, due_at = least(r.due_at, excluded.due_at)
),
-- A step comes again where its sequence waits for an outcome that it was not told, or that was lost: it is told again. This reads
-- what was there before this statement. LIMIT keeps it to one look by the key for each.
told_again AS (
  INSERT INTO outbox (topic, key, payload)
  SELECT 'message-status', known.device_id, message_status_record(known.message_row, rfc3339(statement_timestamp()))
  FROM incoming AS again
  CROSS JOIN LATERAL (
    SELECT m AS message_row, m.device_id FROM broadcast_messages AS m
    WHERE m.id = again.id AND m.user_id = again.user_id AND m.status NOT IN ('pending', 'processing')
    LIMIT 1) AS known
  WHERE again.kind = 'step'
)
SELECT device_id, status, count(*) AS messages, min(due_at) AS due_at FROM stored GROUP BY device_id, status
