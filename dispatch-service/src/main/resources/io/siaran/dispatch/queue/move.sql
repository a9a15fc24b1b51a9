-- Brings messages to the device, the phone and the name of their lead: what waits changes at once, what is in flight is asked
-- back, and of that and the unknown the row remembers where it is to go, which may be where it is. Never to an older version of
-- the lead than the one that a message was written to. Locked in order of id, as settling does. Who must not be written to under
-- a corrected phone is reconciled as a person; where the phone stays, whoever suppresses it finds the message by it, and to touch
-- that person here would wait for a pass that waits for this message. Answers what may be released now, and what came to another
-- phone.
WITH elsewhere AS (
  SELECT m.id, t.device_id, coalesce(l.phone, m.recipient_phone) AS phone,
    CASE WHEN l.id IS NULL THEN m.recipient_name ELSE l.name END AS name,
    m.device_id <> t.device_id OR m.recipient_phone <> l.phone AS astray,
    m.recipient_phone <> l.phone AS corrected,
    coalesce(l.version, m.lead_version) AS lead_version
  FROM unnest($1::uuid[], $2::uuid[]) AS t (id, device_id)
  JOIN broadcast_messages AS m ON m.id = t.id
  LEFT JOIN leads AS l ON l.id = m.lead_id AND l.user_id = m.user_id AND (l.version < m.lead_version) IS NOT TRUE
  WHERE m.status IN ('pending', 'processing', 'unknown')
    AND (m.device_id <> t.device_id OR m.moving_to IS NOT NULL
      OR (m.recipient_phone, m.recipient_name) IS DISTINCT FROM (l.phone, l.name))
  ORDER BY m.id
  FOR UPDATE OF m
),
moved AS (
  UPDATE broadcast_messages AS m SET
    device_id = CASE m.status WHEN 'pending' THEN e.device_id ELSE m.device_id END,
    recipient_phone = CASE m.status WHEN 'pending' THEN e.phone ELSE m.recipient_phone END,
    recipient_name = CASE m.status WHEN 'pending' THEN e.name ELSE m.recipient_name END,
    lead_version = CASE m.status WHEN 'pending' THEN e.lead_version ELSE m.lead_version END,
    moving_to = CASE WHEN m.status <> 'pending' AND e.astray THEN e.device_id END,
    recall_at = CASE WHEN m.status = 'processing' AND e.astray THEN statement_timestamp() ELSE m.recall_at END
  FROM elsewhere AS e
  WHERE m.id = e.id
  RETURNING m.id, m.device_id, m.due_at, m.parked, m.status, m.user_id, m.recipient_phone, e.corrected
),
suppressed AS (
  INSERT INTO reconciliations AS r (subject, key)
  SELECT DISTINCT 'person', m.user_id || ':' || m.recipient_phone
  FROM moved AS m
  JOIN suppressions AS s ON s.user_id = m.user_id AND s.phone = m.recipient_phone AND NOT s.deleted
  WHERE m.status = 'pending' AND m.corrected
  ORDER BY 2
  ON CONFLICT (subject, key) DO UPDATE SET changed_at = excluded.changed_at, due_at = excluded.due_at
)
SELECT device_id, min(due_at) FILTER (WHERE NOT parked) AS due_at, array_agg(id) FILTER (WHERE corrected) AS corrected
FROM moved WHERE status = 'pending' GROUP BY device_id
