-- What is kept of a person, the newest 2,000 of a kind. $1 user, $2 phone. The texts of the journal of sending are not told: dispatch
-- answers for them.
WITH own AS MATERIALIZED (SELECT id FROM devices WHERE user_id = $1)
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
          WHERE user_id = $1 AND phone = $2)
        UNION ALL
        (SELECT jsonb_build_object('kind', 'last_reply', 'device_id', r.device_id, 'phone', r.phone, 'at', r.at)
           FROM own JOIN recent_inbound r ON r.device_id = own.id AND r.phone = $2
          ORDER BY r.at DESC
          LIMIT 2000)
        UNION ALL
        (SELECT jsonb_build_object(
           'kind', 'hidden_id', 'device_id', l.device_id, 'hidden_id', l.lid, 'phone', l.phone, 'learnt_at', l.learnt_at)
           FROM lid_phones l JOIN own ON own.id = l.device_id
          WHERE l.phone = $2
          ORDER BY l.learnt_at DESC
          LIMIT 2000)
        UNION ALL
        (SELECT jsonb_build_object(
           'kind', 'sent_message', 'device_id', s.device_id, 'message_id', s.message_id, 'phone', s.phone,
           'provider_message_id', s.provider_message_id, 'accepted_at', s.accepted_at, 'delivered', s.delivered, 'read', s.read)
           FROM sent_messages s JOIN own ON own.id = s.device_id
          WHERE s.phone = $2 AND s.phone > ''
          ORDER BY s.accepted_at DESC
          LIMIT 2000)
        UNION ALL
        (SELECT jsonb_build_object('kind', 'suppression', 'phone', phone, 'lifted', deleted)
           FROM suppressions
          WHERE user_id = $1 AND phone = $2)
        UNION ALL
        (SELECT jsonb_build_object('kind', 'last_wish', 'phone', phone, 'stops', stops, 'said_at', said_at)
           FROM last_wishes
          WHERE user_id = $1 AND phone = $2)
        UNION ALL
        (SELECT jsonb_build_object('kind', 'written_to', 'phone', c.phone, 'device_id', writer.device_id, 'since', c.since)
           FROM (SELECT DISTINCT n.fingerprint FROM own JOIN device_numbers n ON n.device_id = own.id) AS once
           JOIN contacted_people c ON c.number = once.fingerprint AND c.phone = $2
          -- Whose the number was at that time: when somebody else's device wrote to the person is nothing of this user's.
          CROSS JOIN LATERAL (
                SELECT n.device_id, d.user_id FROM device_numbers n JOIN devices d ON d.id = n.device_id
                 WHERE n.fingerprint = c.number AND n.since <= c.since
                 ORDER BY n.since DESC LIMIT 1) AS writer
          WHERE writer.user_id = $1
          LIMIT 2000)) AS kept
