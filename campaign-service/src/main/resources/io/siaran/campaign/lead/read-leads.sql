-- Whole leads, with every trigger that each ever carried. The caller appends WHERE and ORDER.
SELECT l.*, l.attributes::text AS attributes_json,
       EXISTS (SELECT FROM suppressions s WHERE s.user_id = l.user_id AND s.phone = l.phone AND NOT s.deleted) AS opted_out,
       ARRAY(SELECT t.trigger    FROM lead_triggers t WHERE t.user_id = l.user_id AND t.lead_id = l.id ORDER BY t.trigger) AS trigger_tags,
       ARRAY(SELECT t.assignment FROM lead_triggers t WHERE t.user_id = l.user_id AND t.lead_id = l.id ORDER BY t.trigger) AS trigger_assignments,
       ARRAY(SELECT t.present    FROM lead_triggers t WHERE t.user_id = l.user_id AND t.lead_id = l.id ORDER BY t.trigger) AS trigger_presence
FROM leads l
