-- Lets ended or unknown messages wait as if they had never been tried, at once or at their planned time; the caller has
-- locked them. What is past its time gets a new one: $3 seconds for direct messages and tests, $4 for all others.
UPDATE broadcast_messages AS m SET
  status              = 'pending',
  attempts            = 0,
  due_at              = greatest(m.scheduled_at, statement_timestamp()),
  expires_at          = CASE WHEN m.expires_at <= statement_timestamp()
                          THEN statement_timestamp() + interval '1 second'
                            * CASE WHEN m.kind IN ('direct', 'test') THEN $3::bigint ELSE $4::bigint END
                          ELSE m.expires_at END,
  parked              = EXISTS (
                          SELECT FROM plans AS plan
                          WHERE plan.id = m.plan_id AND plan.user_id = m.user_id AND plan_waits(plan.status, plan.open_until)),
  ending              = NULL,
  -- While it had ended nobody moved it: it follows its lead now, to another device or phone, but to none that the lead had before it
  -- was written.
  moving_to           = (SELECT lead.device_id FROM leads AS lead
                         WHERE lead.id = m.lead_id AND lead.user_id = m.user_id AND (lead.version < m.lead_version) IS NOT TRUE
                           AND (lead.device_id <> m.device_id OR lead.phone <> m.recipient_phone)),
  failure_reason      = NULL,
  error_message       = NULL,
  -- Of the try before, which the timeline keeps.
  sent_at             = NULL,
  provider_message_id = NULL,
  sent_text           = NULL,
  lane                = NULL,
  superseded_try      = coalesce(a.supersedes, m.superseded_try)
FROM unnest($1::uuid[], $2::int[]) AS a (id, supersedes)
WHERE m.id = a.id
RETURNING m.device_id, m.due_at
