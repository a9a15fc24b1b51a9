-- Safe without a lock of its own: whoever writes triggers holds their leads.
INSERT INTO lead_triggers (lead_id, user_id, trigger, assignment, present)
SELECT * FROM unnest($1::uuid[], $2::text[], $3::text[], $4::bigint[], $5::boolean[])
ON CONFLICT (lead_id, trigger) DO UPDATE SET assignment = excluded.assignment, present = excluded.present
 WHERE (lead_triggers.assignment, lead_triggers.present) <> (excluded.assignment, excluded.present)
