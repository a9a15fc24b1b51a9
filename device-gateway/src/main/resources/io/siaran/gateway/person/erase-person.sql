-- Makes unreadable what a person wrote and what was sent to them. $1 user, $2 phone, $3 leads, which nothing here knows. What was
-- tried stays with its outcome, without phone and text. An id of the platform that has the phone in it goes, and with it the
-- receipts that may still come; without a phone an unknown outcome is looked up no more.
WITH asked AS MATERIALIZED (SELECT $1::text AS user_id, $2::text AS phone, cardinality($3::uuid[]) AS leads),
own AS MATERIALIZED (SELECT d.id FROM devices d JOIN asked a ON d.user_id = a.user_id),
hidden AS MATERIALIZED (
  SELECT l.device_id, l.lid FROM lid_phones l JOIN own ON own.id = l.device_id JOIN asked a ON l.phone = a.phone
),
replies AS (
  DELETE FROM inbound_messages i USING asked a WHERE i.user_id = a.user_id AND i.phone = a.phone RETURNING 1
),
unresolved AS (
  DELETE FROM inbound_messages i USING hidden h
   WHERE i.device_id = h.device_id AND i.lid = h.lid AND i.phone IS NULL
  RETURNING 1
),
unread AS (
  DELETE FROM callback_inbox c USING own, asked a
   WHERE c.device_id = own.id AND c.purpose = 'reply'
     AND (c.phone = a.phone OR EXISTS (SELECT FROM hidden h WHERE h.device_id = c.device_id AND h.lid = c.lid))
  RETURNING 1
),
receipts AS (
  UPDATE callback_inbox c SET phone = NULL, lid = NULL, name = NULL FROM own, asked a
   WHERE c.device_id = own.id AND c.purpose <> 'reply' AND c.phone = a.phone
),
recent AS (
  DELETE FROM recent_inbound r USING own, asked a WHERE r.device_id = own.id AND r.phone = a.phone RETURNING 1
),
hidden_stops AS (
  DELETE FROM lid_suppressions s USING hidden h WHERE s.device_id = h.device_id AND s.lid = h.lid AND s.known_at IS NOT NULL
),
lids AS (
  DELETE FROM lid_phones l USING own, asked a WHERE l.device_id = own.id AND l.phone = a.phone RETURNING 1
),
named AS (
  DELETE FROM sent_messages s USING own, asked a
   WHERE s.device_id = own.id AND s.phone = a.phone AND s.phone > '' AND position(a.phone IN s.provider_message_id) > 0
  RETURNING 1
),
sent AS (
  UPDATE sent_messages s SET phone = NULL FROM own, asked a
   WHERE s.device_id = own.id AND s.phone = a.phone AND s.phone > '' AND position(a.phone IN s.provider_message_id) = 0
  RETURNING 1
),
tries AS (
  UPDATE send_journal j
     SET phone = NULL, sent_text = NULL, detail = NULL,
         provider_message_id = CASE WHEN position(a.phone IN j.provider_message_id) = 0 THEN j.provider_message_id END
    FROM asked a
   WHERE j.user_id = a.user_id AND j.phone = a.phone AND j.phone > '' AND j.state <> 'started'
  RETURNING 1
),
own_numbers AS MATERIALIZED (
  -- Also those that the devices were once: a phone that was linked, a token that was given back.
  SELECT n.fingerprint AS number FROM device_numbers n JOIN own ON own.id = n.device_id
  UNION SELECT d.fingerprint FROM devices d JOIN own USING (id)
  UNION SELECT d.linked_number FROM devices d JOIN own USING (id) WHERE d.linked_number IS NOT NULL
),
contacts AS (
  -- Whom they wrote to is a stranger again, who must not be written to anyway.
  DELETE FROM contacted_people c USING own_numbers n, asked a WHERE c.number = n.number AND c.phone = a.phone
),
wishes AS (
  DELETE FROM last_wishes w USING asked a WHERE w.user_id = a.user_id AND w.phone = a.phone
),
numbers AS (
  DELETE FROM checked_numbers n USING asked a WHERE n.user_id = a.user_id AND n.phone = a.phone RETURNING 1
)
SELECT 'replies' AS what,
       (SELECT count(*) FROM replies) + (SELECT count(*) FROM unresolved) + (SELECT count(*) FROM unread) AS rows
UNION ALL SELECT 'last_replies', (SELECT count(*) FROM recent)
UNION ALL SELECT 'hidden_ids', (SELECT count(*) FROM lids)
UNION ALL SELECT 'sent_messages', (SELECT count(*) FROM named) + (SELECT count(*) FROM sent)
UNION ALL SELECT 'tries', (SELECT count(*) FROM tries)
UNION ALL SELECT 'number_checks', (SELECT count(*) FROM numbers)
