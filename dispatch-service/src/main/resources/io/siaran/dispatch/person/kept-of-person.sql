-- What is kept of a person, the newest 2,000 messages. $1 user, $2 phone. Reads the person's messages by their index.
SELECT fact::text
  FROM (SELECT jsonb_build_object(
          'kind', 'message', 'id', id, 'message_kind', kind, 'device_id', device_id, 'lead_id', lead_id,
          'campaign_id', campaign_id, 'sequence_id', sequence_id, 'recipient_phone', recipient_phone,
          'recipient_name', recipient_name, 'attributes', attributes, 'message', message, 'sent_text', sent_text,
          'media_url', media_url, 'status', status, 'failure_reason', failure_reason, 'scheduled_at', scheduled_at,
          'sent_at', sent_at, 'delivered_at', delivered_at, 'read_at', read_at) AS fact
          FROM broadcast_messages
         WHERE user_id = $1 AND recipient_phone = $2
         ORDER BY id DESC
         LIMIT 2000) AS kept
