-- Gives the changed leads the triggers that they carry now. Their rows in leads are locked by the same transaction.
INSERT INTO lead_triggers (lead_id, user_id, trigger, assignment)
SELECT lead_id, min(user_id), trigger, max(assignment)
FROM unnest($1::uuid[], $2::text[], $3::text[], $4::bigint[]) AS carried (lead_id, user_id, trigger, assignment)
GROUP BY lead_id, trigger
ON CONFLICT (lead_id, trigger) DO UPDATE SET assignment = excluded.assignment
