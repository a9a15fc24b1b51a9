-- Moves messages that the caller has locked to another status. A status of null means: the one of the reason. Of a try
-- that the platform took or refused, the row remembers which. Of somebody who was erased comes back nothing that says who it was.
WITH settled AS (
  UPDATE broadcast_messages AS m SET
    status              = coalesce(s.status, ended_status(s.reason)),
    attempts            = s.attempts,
    due_at              = coalesce(s.due_at, m.due_at),
    parked              = s.status IS NOT DISTINCT FROM 'pending' AND EXISTS (
                            SELECT FROM plans AS plan
                            WHERE plan.id = m.plan_id AND plan.user_id = m.user_id AND plan_waits(plan.status, plan.open_until)),
    lease_until         = NULL,
    recall_at           = NULL,
    max_pause           = NULL,
    ending              = CASE s.status WHEN 'unknown' THEN m.ending END,
    moving_to           = CASE WHEN s.status IN ('pending', 'unknown') THEN m.moving_to END,
    failure_reason      = s.reason,
    error_message       = CASE WHEN m.recipient_phone <> '9990000000000' THEN s.detail END,
    sent_at             = least(m.sent_at, s.sent_at),
    provider_message_id = CASE WHEN m.recipient_phone <> '9990000000000' THEN coalesce(s.provider_message_id, m.provider_message_id) END,
    sent_text           = CASE WHEN m.recipient_phone <> '9990000000000' THEN coalesce(s.sent_text, m.sent_text) END,
    lane                = coalesce(s.lane, m.lane),
    taken_tries         = CASE WHEN s.took IS NULL THEN m.taken_tries ELSE array_remove(m.taken_tries, s.took) || s.took END,
    refused_tries       = CASE WHEN s.refused IS NULL THEN array_remove(m.refused_tries, s.took)
                            ELSE array_remove(m.refused_tries, s.refused) || s.refused END,
    superseded_try      = coalesce(s.superseded, m.superseded_try)
  FROM unnest($1::uuid[], $2::text[], $3::int[], $4::timestamptz[], $5::text[], $6::text[], $7::timestamptz[], $8::text[], $9::text[],
      $10::int[], $11::int[], $12::int[], $13::text[])
    AS s (id, status, attempts, due_at, reason, detail, sent_at, provider_message_id, sent_text, took, refused, superseded, lane)
  WHERE m.id = s.id
  RETURNING m.id, m.status, m.scheduled_at, m.created_at, m.sent_at
)
-- With the count of each status, which were sent, how late each of those was, and how long it was here, in seconds.
SELECT
  status, count(*) AS messages,
  array_agg(id) FILTER (WHERE status = 'sent' AND sent_at IS NOT NULL) AS sent,
  array_agg(extract(epoch FROM sent_at - scheduled_at)::float8) FILTER (WHERE status = 'sent' AND sent_at IS NOT NULL) AS late,
  array_agg(extract(epoch FROM sent_at - created_at)::float8) FILTER (WHERE status = 'sent' AND sent_at IS NOT NULL) AS waited
FROM settled GROUP BY status
