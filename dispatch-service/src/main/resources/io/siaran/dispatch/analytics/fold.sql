-- Folds the oldest $1 differences into the counts, and tells the campaigns that changed: once a fold, however many
-- messages changed. Any subset may be folded at any time, since each row is balanced; a further table of counts is one
-- more INSERT from `taken`. The caller holds the turn (turn.sql), so versions are told in order.
WITH taken AS (
  DELETE FROM status_deltas WHERE id IN (SELECT id FROM status_deltas ORDER BY id LIMIT $1)
  RETURNING *
),
devices AS (
  INSERT INTO device_counts AS c (device_id, user_id, pending, processing, sent, failed, cancelled, unknown)
  SELECT device_id, user_id, sum(pending), sum(processing), sum(sent), sum(failed), sum(cancelled), sum(unknown)
  FROM taken
  GROUP BY device_id, user_id
  ON CONFLICT (device_id, user_id) DO UPDATE SET
    pending = c.pending + excluded.pending, processing = c.processing + excluded.processing, sent = c.sent + excluded.sent,
    failed = c.failed + excluded.failed, cancelled = c.cancelled + excluded.cancelled, unknown = c.unknown + excluded.unknown
),
reports AS (
  INSERT INTO message_counts AS c (id_day, user_id, planned_day, device_id, kind, campaign_id, run, sequence_id,
    sequence_stepid, niche, pending, processing, sent, failed, cancelled, unknown, delivered, read)
  SELECT id_day, user_id, planned_day, device_id, kind, campaign_id, run, sequence_id, sequence_stepid, niche,
    sum(pending), sum(processing), sum(sent), sum(failed), sum(cancelled), sum(unknown), sum(delivered), sum(read)
  FROM taken
  GROUP BY id_day, user_id, planned_day, device_id, kind, campaign_id, run, sequence_id, sequence_stepid, niche
  ON CONFLICT (id_day, user_id, device_id, planned_day, kind, campaign_id, run, sequence_id, sequence_stepid, niche)
  DO UPDATE SET
    pending = c.pending + excluded.pending, processing = c.processing + excluded.processing, sent = c.sent + excluded.sent,
    failed = c.failed + excluded.failed, cancelled = c.cancelled + excluded.cancelled, unknown = c.unknown + excluded.unknown,
    delivered = c.delivered + excluded.delivered, read = c.read + excluded.read
),
hours AS (
  INSERT INTO hour_counts AS c (user_id, planned_day, planned_hour, kind, campaign_id, sequence_id, sequence_stepid, niche,
    pending, processing, sent, failed, cancelled, unknown, delivered, read)
  SELECT user_id, planned_day, planned_hour, kind, campaign_id, sequence_id, sequence_stepid, niche,
    sum(pending), sum(processing), sum(sent), sum(failed), sum(cancelled), sum(unknown), sum(delivered), sum(read)
  FROM taken
  GROUP BY user_id, planned_day, planned_hour, kind, campaign_id, sequence_id, sequence_stepid, niche
  ON CONFLICT (user_id, planned_day, planned_hour, kind, campaign_id, sequence_id, sequence_stepid, niche) DO UPDATE SET
    pending = c.pending + excluded.pending, processing = c.processing + excluded.processing, sent = c.sent + excluded.sent,
    failed = c.failed + excluded.failed, cancelled = c.cancelled + excluded.cancelled, unknown = c.unknown + excluded.unknown,
    delivered = c.delivered + excluded.delivered, read = c.read + excluded.read
),
months AS (
  INSERT INTO device_months AS c (user_id, month, device_id, kind,
    pending, processing, sent, failed, cancelled, unknown, delivered, read)
  SELECT user_id, date_trunc('month', planned_day)::date AS month, device_id, kind,
    sum(pending), sum(processing), sum(sent), sum(failed), sum(cancelled), sum(unknown), sum(delivered), sum(read)
  FROM taken
  GROUP BY user_id, 2, device_id, kind
  ON CONFLICT (user_id, month, device_id, kind) DO UPDATE SET
    pending = c.pending + excluded.pending, processing = c.processing + excluded.processing, sent = c.sent + excluded.sent,
    failed = c.failed + excluded.failed, cancelled = c.cancelled + excluded.cancelled, unknown = c.unknown + excluded.unknown,
    delivered = c.delivered + excluded.delivered, read = c.read + excluded.read
),
ended AS (
  SELECT taken.*, r.key AS reason, r.value::bigint AS messages
  FROM taken CROSS JOIN LATERAL jsonb_each_text(taken.reasons) AS r
  WHERE taken.reasons <> '{}'
),
reasons AS (
  INSERT INTO reason_counts AS c (user_id, planned_day, kind, campaign_id, sequence_id, reason, messages)
  SELECT user_id, planned_day, kind, campaign_id, sequence_id, reason, sum(messages)
  FROM ended
  GROUP BY user_id, planned_day, kind, campaign_id, sequence_id, reason
  ON CONFLICT (user_id, planned_day, kind, campaign_id, sequence_id, reason) DO UPDATE SET
    messages = c.messages + excluded.messages
),
ended_of_campaigns AS (
  SELECT campaign_id, run, device_id, sum_of_reasons(reason, messages) AS reasons
  FROM ended
  WHERE kind = 'campaign'
  GROUP BY campaign_id, run, device_id
),
campaigns AS (
  INSERT INTO campaign_counts AS c (campaign_id, run, device_id, user_id,
    pending, processing, sent, failed, cancelled, unknown, delivered, read, reasons)
  SELECT campaign_id, run, device_id, user_id,
    sum(pending), sum(processing), sum(sent), sum(failed), sum(cancelled), sum(unknown), sum(delivered), sum(read),
    coalesce(e.reasons, '{}')
  FROM taken LEFT JOIN ended_of_campaigns AS e USING (campaign_id, run, device_id)
  WHERE kind = 'campaign'
  GROUP BY campaign_id, run, device_id, user_id, e.reasons
  ON CONFLICT (campaign_id, run, device_id) DO UPDATE SET
    version = c.version + 1,
    pending = c.pending + excluded.pending, processing = c.processing + excluded.processing, sent = c.sent + excluded.sent,
    failed = c.failed + excluded.failed, cancelled = c.cancelled + excluded.cancelled, unknown = c.unknown + excluded.unknown,
    delivered = c.delivered + excluded.delivered, read = c.read + excluded.read,
    reasons = CASE WHEN excluded.reasons = '{}' THEN c.reasons ELSE plus_reasons(c.reasons, excluded.reasons) END
  RETURNING c AS counts
)
INSERT INTO outbox (topic, key, payload)
SELECT 'campaign-progress', concat_ws(':', (counts).campaign_id, (counts).run, (counts).device_id),
  campaign_progress_record(counts)
FROM campaigns
