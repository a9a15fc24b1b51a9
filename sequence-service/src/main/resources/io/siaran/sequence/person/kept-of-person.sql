-- What is kept of a person, the newest 2,000 of a kind. $1 user, $2 phone. Reads the person's leads and their walks only.
WITH person AS (
  SELECT id, device_id, phone, name, niche, target_status, attributes, deleted FROM leads WHERE user_id = $1 AND phone = $2
)
SELECT fact::text
  FROM ((SELECT jsonb_build_object(
           'kind', 'projected_lead', 'lead_id', id, 'device_id', device_id, 'phone', phone, 'name', name, 'niche', niche,
           'target_status', target_status, 'attributes', attributes, 'deleted', deleted) AS fact
           FROM person ORDER BY id DESC LIMIT 2000)
        UNION ALL
        (SELECT jsonb_build_object(
           'kind', 'sequence_walk', 'sequence_id', e.sequence_id, 'lead_id', e.lead_id, 'trigger', e.trigger,
           'status', e.status, 'left_reason', e.left_reason, 'entered_at', e.entered_at, 'ended_at', e.ended_at,
           'replied_at', e.replied_at)
           FROM person JOIN enrolments e ON e.lead_id = person.id AND e.user_id = $1
          ORDER BY e.id DESC LIMIT 2000)
        UNION ALL
        (SELECT jsonb_build_object(
           'kind', 'sequence_step', 'sequence_id', c.sequence_id, 'lead_id', c.lead_id, 'step_id', c.step_id,
           'message_id', c.message_id, 'status', c.status, 'next_trigger_time', c.next_trigger_time, 'sent_at', c.sent_at,
           'delivered_at', c.delivered_at, 'read_at', c.read_at, 'replied_at', c.replied_at)
           FROM person
           JOIN enrolments e ON e.lead_id = person.id AND e.user_id = $1
           JOIN sequence_contacts c ON c.enrolment_id = e.id
          ORDER BY c.id DESC LIMIT 2000)) AS kept
