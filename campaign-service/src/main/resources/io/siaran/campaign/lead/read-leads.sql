-- Whole leads, with every trigger that each ever carried. The caller appends WHERE and ORDER.
SELECT l.id, l.user_id, l.device_id, l.phone, l.name, l.niche, l.target_status, l.trigger, l.version, l.deleted,
       l.created_at,
       ARRAY(SELECT t.trigger    FROM lead_triggers t WHERE t.lead_id = l.id ORDER BY t.trigger) AS trigger_tokens,
       ARRAY(SELECT t.assignment FROM lead_triggers t WHERE t.lead_id = l.id ORDER BY t.trigger) AS trigger_assignments,
       ARRAY(SELECT t.present    FROM lead_triggers t WHERE t.lead_id = l.id ORDER BY t.trigger) AS trigger_presence
FROM leads l
