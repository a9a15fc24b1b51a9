-- These steps ($3) of walks ($2) are under way from now on, each in its place ($4) with its time ($5) and its message id ($6), by a plan
-- ($7) and waiting since a time ($8). The row ($1) is there where the walk was expected to come by; a step that was added since gets one.
INSERT INTO sequence_contacts AS c
  (id, user_id, enrolment_id, sequence_id, step_id, lead_id, current_step, status, next_trigger_time, message_id, plan_version,
   waits_since, device_id, changed_at)
SELECT next.id, e.user_id, e.id, e.sequence_id, next.step_id, e.lead_id, next.place, 'active', next.due_at, next.message_id, next.plan_version,
  next.waits_since, l.device_id, statement_timestamp()
FROM unnest($1::uuid[], $2::uuid[], $3::uuid[], $4::integer[], $5::timestamptz[], $6::uuid[], $7::bigint[], $8::timestamptz[])
  AS next (id, enrolment_id, step_id, place, due_at, message_id, plan_version, waits_since)
JOIN enrolments e ON e.id = next.enrolment_id
JOIN leads l ON l.id = e.lead_id
ORDER BY next.id
ON CONFLICT (enrolment_id, step_id) DO UPDATE SET
  status = 'active', current_step = excluded.current_step, next_trigger_time = excluded.next_trigger_time,
  message_id = excluded.message_id, plan_version = excluded.plan_version, waits_since = excluded.waits_since,
  changed_at = excluded.changed_at
WHERE c.status = 'pending'
