-- Makes unreadable who a person is and what was written. $1 user, $2 phone, $3 leads. Rows of messages stay with their status, so
-- that every count does; the number in place of the phone is nobody's, and is suppressed: what has no outcome yet is never sent
-- there. Of the events about the messages stays what happened to them; those about the phone and the leads go, with what waits
-- for a webhook of them. Nothing of the person is pending or in flight (under-way.sql).
WITH asked AS MATERIALIZED (SELECT $1::text AS user_id, $2::text AS phone, $3::uuid[] AS leads),
nobody AS (
  INSERT INTO suppressions (user_id, phone, version, deleted) SELECT user_id, '9990000000000', 1, false FROM asked
  ON CONFLICT DO NOTHING
),
messages AS (
  UPDATE broadcast_messages AS m SET
    recipient_phone = '9990000000000', recipient_name = NULL, attributes = NULL, message = '', sent_text = NULL,
    media_url = CASE WHEN m.media_url IS NOT NULL THEN 'https://erased.invalid/' END, error_message = NULL,
    provider_message_id = NULL
  FROM asked AS a
  WHERE m.user_id = a.user_id AND m.recipient_phone = a.phone AND m.status NOT IN ('pending', 'processing')
  RETURNING m.id
),
facts AS (
  UPDATE message_facts AS f SET detail = NULL FROM messages AS m WHERE f.message_id = m.id AND f.detail IS NOT NULL
),
projected AS (
  UPDATE leads AS l SET phone = '9990000000000', name = NULL, deleted = true
  FROM asked AS a
  WHERE l.user_id = a.user_id AND (l.phone = a.phone OR l.id = ANY (a.leads)) AND l.phone <> '9990000000000'
  RETURNING 1
),
answers AS (
  DELETE FROM replies AS r USING asked AS a WHERE r.user_id = a.user_id AND r.phone = a.phone RETURNING 1
),
walked AS (
  DELETE FROM walks AS w USING asked AS a WHERE w.lead_id = ANY (a.leads) AND w.user_id = a.user_id RETURNING 1
),
subjects AS (
  SELECT phone AS subject FROM asked UNION ALL SELECT unnest(leads)::text FROM asked
),
waiting AS (
  DELETE FROM webhook_deliveries AS d
  USING asked AS a, subjects AS s, events AS e, webhooks AS w
  WHERE e.user_id = a.user_id AND e.subject = s.subject AND w.user_id = a.user_id AND d.webhook_id = w.id
    AND d.position = e.position
),
-- A receiver may answer with what it was told.
echoed AS (
  UPDATE webhook_deliveries AS d SET answer = NULL, error = NULL
  FROM asked AS a, messages AS m, events AS e, webhooks AS w
  WHERE e.user_id = a.user_id AND e.subject = m.id::text AND w.user_id = a.user_id AND d.webhook_id = w.id
    AND d.position = e.position AND (d.answer IS NOT NULL OR d.error IS NOT NULL)
),
lanes AS (
  DELETE FROM webhook_lanes AS l
  USING asked AS a, subjects AS s, webhooks AS w
  WHERE w.user_id = a.user_id AND l.webhook_id = w.id AND l.subject = s.subject
),
about AS (
  DELETE FROM events AS e USING asked AS a, subjects AS s
  WHERE e.user_id = a.user_id AND e.subject = s.subject
  RETURNING 1
),
blanked AS (
  UPDATE events AS e SET data = (e.data::jsonb - 'recipient_name' - 'error_message' - 'provider_message_id'
    || '{"recipient_phone": "9990000000000"}')::text
  FROM asked AS a, messages AS m
  WHERE e.user_id = a.user_id AND e.subject = m.id::text
  RETURNING 1
),
unnumbered_blanked AS (
  UPDATE new_events AS e SET data = (e.data::jsonb - 'recipient_name' - 'error_message' - 'provider_message_id'
    || '{"recipient_phone": "9990000000000"}')::text
  FROM asked AS a, messages AS m
  WHERE e.user_id = a.user_id AND e.subject = m.id::text
),
unnumbered AS (
  DELETE FROM new_events AS e USING asked AS a, subjects AS s WHERE e.user_id = a.user_id AND e.subject = s.subject
)
SELECT 'messages' AS what, (SELECT count(*) FROM messages) AS rows
UNION ALL SELECT 'replies', (SELECT count(*) FROM answers)
UNION ALL SELECT 'sequence_walks', (SELECT count(*) FROM walked)
UNION ALL SELECT 'projected_leads', (SELECT count(*) FROM projected)
UNION ALL SELECT 'events', (SELECT count(*) FROM about) + (SELECT count(*) FROM blanked)
