-- Writes what outcomes made of messages that the caller has locked. A status of null means: the one of the reason.
WITH settled AS (
  UPDATE broadcast_messages AS m SET
    status              = coalesce(s.status, ended_status(s.reason)),
    attempts            = s.attempts,
    due_at              = coalesce(s.due_at, m.due_at),
    parked              = s.status IS NOT DISTINCT FROM 'pending' AND EXISTS (
                            SELECT FROM plans AS plan
                            WHERE plan.id = m.plan_id AND plan.user_id = m.user_id AND plan.status = 'paused'),
    lease_until         = NULL,
    recall_at           = NULL,
    max_pause           = NULL,
    ending              = NULL,
    failure_reason      = s.reason,
    error_message       = s.detail,
    sent_at             = s.sent_at,
    provider_message_id = s.provider_message_id,
    sent_text           = s.sent_text
  FROM unnest($1::uuid[], $2::text[], $3::int[], $4::timestamptz[], $5::text[], $6::text[], $7::timestamptz[], $8::text[], $9::text[])
    AS s (id, status, attempts, due_at, reason, detail, sent_at, provider_message_id, sent_text)
  WHERE m.id = s.id
  RETURNING m.status
)
SELECT status, count(*) AS messages FROM settled GROUP BY status
