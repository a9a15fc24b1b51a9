-- Messages that are not where their leads are, or go to what was the phone or the name of their lead, with the device that
-- they are to follow to, or an end. What is in flight is asked back for another device or phone, not for another name.
-- Bounded without a cursor: what was moved, marked, ended or set aside is not answered again. What is unknown is only
-- marked: it moves if it ever waits again. A message that knows a later version of its lead than is known here is left alone: nothing
-- goes back to a phone or a device that was corrected, nor ends with that device. The release leaves it
-- alone as well, until that version is here.
SELECT m.id, coalesce(o.of_lead, o.of_device) AS reason, l.device_id AS to_device
FROM unnest($1::text[]) AS k (key)
JOIN leads AS l ON l.id = k.key::uuid
JOIN broadcast_messages AS m
  ON m.lead_id = l.id AND m.user_id = l.user_id AND m.status IN ('pending', 'processing', 'unknown')
CROSS JOIN LATERAL obstacles(
  m.id, m.kind, m.user_id, m.device_id, m.lead_id, m.campaign_id, m.plan_id, m.run, m.recipient_phone) AS o
WHERE (l.version < m.lead_version) IS NOT TRUE
  AND CASE WHEN coalesce(o.of_lead, o.of_device) IS NULL
    THEN l.device_id <> coalesce(m.moving_to, m.device_id)
      OR (m.status = 'pending' AND (m.recipient_phone, m.recipient_name) IS DISTINCT FROM (l.phone, l.name))
      OR (m.status <> 'pending' AND m.recipient_phone <> l.phone AND m.moving_to IS NULL)
    ELSE m.status = 'pending' OR (m.status = 'processing' AND m.ending IS NULL)
  END
  AND m.id <> ALL (ARRAY(SELECT message_id FROM set_aside_messages WHERE set_aside_at > now() - interval '1 hour'))
LIMIT $2
