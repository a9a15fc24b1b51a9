-- Leads as they are shown. Their tags and the past of their triggers stay where they are: of a lead with 150 triggers they are
-- most of what a list of whole leads has to read. The caller appends WHERE and ORDER.
SELECT l.id, l.device_id, l.phone, l.name, l.niche, l.target_status, l.trigger, l.attributes::text AS attributes_json,
       l.consent_source, l.consent_at, l.version, l.created_at, l.updated_at,
       EXISTS (SELECT FROM suppressions s WHERE s.user_id = l.user_id AND s.phone = l.phone AND NOT s.deleted) AS opted_out
FROM leads l
