-- Safe without a lock of its own: whoever writes triggers holds their leads.
INSERT INTO lead_triggers (user_id, lead_id, trigger, assignment, present)
SELECT * FROM unnest($1::text[], $2::uuid[], $3::text[], $4::bigint[], $5::boolean[])
ON CONFLICT (user_id, lead_id, trigger) DO UPDATE SET assignment = excluded.assignment, present = excluded.present
 WHERE (lead_triggers.assignment, lead_triggers.present) <> (excluded.assignment, excluded.present)
