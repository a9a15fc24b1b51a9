-- What is kept of a person, the newest 2,000 replies. $1 user, $2 phone. The journal of sending is not read: it has the texts
-- of messages that dispatch answers for.
SELECT fact::text
  FROM ((SELECT jsonb_build_object(
           'kind', 'reply', 'id', id, 'device_id', device_id, 'phone', phone, 'hidden_id', lid, 'name', name, 'type', type,
           'text', text, 'at', at, 'received_at', received_at) AS fact
           FROM inbound_messages
          WHERE user_id = $1 AND phone = $2
          ORDER BY id DESC
          LIMIT 2000)
        UNION ALL
        (SELECT jsonb_build_object(
           'kind', 'number_check', 'phone', phone, 'on_whatsapp', on_whatsapp, 'checked_at', checked_at)
           FROM checked_numbers
          WHERE user_id = $1 AND phone = $2)) AS kept
