-- Puts messages into the queue; those that may not be sent as what they are, with the reason.
-- Safe to repeat: the id is the primary key, and what is there already stays as it is. In order of id, so that two
-- consumers of the same records (a rebalance) wait for each other rather than deadlock.
WITH incoming AS (
  SELECT * FROM unnest(
    $1::uuid[], $2::text[], $3::text[], $4::uuid[], $5::uuid[], $6::uuid[], $7::int[], $8::uuid[], $9::uuid[], $10::uuid[],
    $11::text[], $12::text[], $13::text[], $14::text[], $15::text[], $16::text[], $17::int[], $18::int[], $19::text[],
    $20::text[], $21::timestamptz[], $22::timestamptz[])
  AS m (id, kind, user_id, device_id, lead_id, campaign_id, run, sequence_id, sequence_stepid, contact_id,
        recipient_phone, recipient_name, niche, type, message, media_url, min_delay, max_delay, anti_spam,
        time_zone, scheduled_at, expires_at)
),
judged AS (
  SELECT m.*, plan.status AS plan_status,
    CASE
      WHEN device.user_id <> m.user_id THEN 'wrong_owner'
      WHEN device.deleted AND (lead.device_id = m.device_id) IS NOT FALSE THEN 'device_deleted'
      WHEN early.message_id IS NOT NULL THEN 'withdrawn'
      WHEN plan.status = 'cancelled' OR plan.deleted THEN 'plan_cancelled'
      WHEN m.run < plan.run THEN 'superseded_run'
      WHEN lead.deleted THEN 'lead_deleted'
      WHEN suppressed.phone IS NOT NULL THEN 'suppressed'
      WHEN m.kind = 'campaign' AND m.run > 1 AND EXISTS (
        SELECT FROM broadcast_messages AS reached
        WHERE reached.kind = 'campaign' AND reached.status IN ('sent', 'unknown')
          AND reached.campaign_id = m.campaign_id AND reached.lead_id = m.lead_id AND reached.run < m.run)
        THEN 'sent_in_earlier_run'
    END AS reason,
    lead.device_id <> m.device_id AS astray
  FROM incoming AS m
  LEFT JOIN device_queue AS device ON device.device_id = m.device_id
  LEFT JOIN plans AS plan ON plan.user_id = m.user_id
    AND plan.id = CASE m.kind WHEN 'campaign' THEN m.campaign_id WHEN 'step' THEN m.sequence_id END
  LEFT JOIN leads AS lead ON lead.id = m.lead_id AND lead.user_id = m.user_id
  LEFT JOIN suppressions AS suppressed
    ON suppressed.user_id = m.user_id AND suppressed.phone = m.recipient_phone AND NOT suppressed.deleted
  LEFT JOIN withdrawals AS early ON early.message_id = m.id AND early.user_id = m.user_id
),
stored AS (
  INSERT INTO broadcast_messages (
    id, kind, user_id, device_id, lead_id, campaign_id, run, sequence_id, sequence_stepid, contact_id,
    recipient_phone, recipient_name, niche, type, message, media_url, min_delay, max_delay, anti_spam,
    time_zone, scheduled_at, expires_at, due_at, status, failure_reason, parked)
  SELECT id, kind, user_id, device_id, lead_id, campaign_id, run, sequence_id, sequence_stepid, contact_id,
    recipient_phone, recipient_name, niche, type, message, media_url, min_delay, max_delay, anti_spam,
    time_zone, scheduled_at, expires_at, scheduled_at, coalesce(ended_status(reason), 'pending'), reason,
    reason IS NULL AND plan_status IS NOT DISTINCT FROM 'paused'
  FROM judged
  ORDER BY id
  ON CONFLICT DO NOTHING
  RETURNING device_id, status, due_at
),
-- Its lead is on another device, as far as we know: the news of a move may be late, or the message. The release leaves it
-- alone; in a minute the sweep moves it, unless it is where its lead is by then.
strayed AS (
  INSERT INTO sweeps AS s (subject, key, sweep_at)
  SELECT DISTINCT 'lead', lead_id::text, statement_timestamp() + interval '1 minute'
  FROM judged WHERE astray AND reason IS NULL
  ORDER BY 2
  ON CONFLICT (subject, key) DO UPDATE SET changed_at = excluded.changed_at, sweep_at = least(s.sweep_at, excluded.sweep_at)
)
SELECT device_id, status, count(*) AS messages, min(due_at) AS due_at FROM stored GROUP BY device_id, status
