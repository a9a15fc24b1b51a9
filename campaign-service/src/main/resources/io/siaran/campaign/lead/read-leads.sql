-- Whole leads, with every trigger that each ever carried. The caller appends WHERE and ORDER.
SELECT l.*, l.attributes::text AS attributes_json,
       ARRAY(SELECT t.trigger    FROM lead_triggers t WHERE t.user_id = l.user_id AND t.lead_id = l.id ORDER BY t.trigger) AS trigger_tags,
       ARRAY(SELECT t.assignment FROM lead_triggers t WHERE t.user_id = l.user_id AND t.lead_id = l.id ORDER BY t.trigger) AS trigger_assignments,
       ARRAY(SELECT t.present    FROM lead_triggers t WHERE t.user_id = l.user_id AND t.lead_id = l.id ORDER BY t.trigger) AS trigger_presence
FROM leads l
