-- What is kept of a person, the newest 2,000 of a kind. $1 user, $2 phone. By indexes: the person's messages, replies and leads, the
-- walks of those leads, and the events about any of them.
WITH person AS MATERIALIZED (
  SELECT id, device_id, phone, name, deleted FROM leads WHERE user_id = $1 AND phone = $2
), messages AS MATERIALIZED (
  SELECT id, kind, device_id, lead_id, campaign_id, sequence_id, recipient_phone, recipient_name, attributes, message, sent_text,
         media_url, status, failure_reason, scheduled_at, sent_at, delivered_at, read_at
    FROM broadcast_messages
   WHERE user_id = $1 AND recipient_phone = $2
   ORDER BY id DESC
   LIMIT 2000
)
SELECT fact::text
  FROM ((SELECT jsonb_build_object(
          'kind', 'message', 'id', id, 'message_kind', kind, 'device_id', device_id, 'lead_id', lead_id,
          'campaign_id', campaign_id, 'sequence_id', sequence_id, 'recipient_phone', recipient_phone,
          'recipient_name', recipient_name, 'attributes', attributes, 'message', message, 'sent_text', sent_text,
          'media_url', media_url, 'status', status, 'failure_reason', failure_reason, 'scheduled_at', scheduled_at,
          'sent_at', sent_at, 'delivered_at', delivered_at, 'read_at', read_at) AS fact
          FROM messages ORDER BY id DESC)
        UNION ALL
        (SELECT jsonb_build_object(
          'kind', 'projected_lead', 'lead_id', id, 'device_id', device_id, 'phone', phone, 'name', name, 'deleted', deleted)
          FROM person ORDER BY id DESC LIMIT 2000)
        UNION ALL
        (SELECT jsonb_build_object(
          'kind', 'reply', 'id', id, 'device_id', device_id, 'phone', phone, 'type', type, 'text', text, 'at', at)
          FROM replies WHERE user_id = $1 AND phone = $2 ORDER BY at DESC LIMIT 2000)
        UNION ALL
        (SELECT jsonb_build_object(
          'kind', 'sequence_event', 'sequence_id', w.sequence_id, 'lead_id', w.lead_id, 'what', w.what, 'reason', w.reason,
          'at', w.at)
          FROM person JOIN walks w ON w.lead_id = person.id AND w.user_id = $1
         ORDER BY w.at DESC LIMIT 2000)
        UNION ALL
        (SELECT jsonb_build_object('kind', 'event', 'type', e.type, 'subject', e.subject, 'at', e.at, 'data', e.data::jsonb)
          FROM (SELECT id::text AS subject FROM messages UNION ALL SELECT id::text FROM person UNION ALL SELECT $2) AS s
          JOIN events e ON e.user_id = $1 AND e.subject = s.subject
         ORDER BY e.position DESC LIMIT 2000)
        UNION ALL
        (SELECT jsonb_build_object('kind', 'suppression', 'phone', phone, 'reason', reason, 'decided_at', decided_at, 'lifted', deleted)
          FROM suppressions WHERE user_id = $1 AND phone = $2)) AS kept
