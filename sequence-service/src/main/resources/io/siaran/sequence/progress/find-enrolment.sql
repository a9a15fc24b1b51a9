-- The newest enrolment of a lead ($2) in a user's ($3) sequence ($1), and what a wait of it may depend on.
SELECT e.id, e.status, e.left_reason, e.trigger, e.assignment, e.entered_at, e.ended_at, e.time_zone,
  greatest(e.entered_at, e.ended_at, e.last_reply_at, (
    SELECT max(c.changed_at) FROM sequence_contacts c WHERE c.enrolment_id = e.id AND c.message_id IS NOT NULL)) AS updated_at,
  s.status = 'active' AS sequence_active, s.plan_version,
  coalesce(d.deleted, false) AS device_deleted, coalesce(d.status = 'online', false) AS device_online,
  caused.holds AS caused
FROM enrolments e
JOIN sequences s ON s.id = e.sequence_id
LEFT JOIN leads l ON l.id = e.lead_id
LEFT JOIN devices d ON d.id = l.device_id
CROSS JOIN LATERAL still_caused(e.lead_id, e.trigger, e.assignment) caused
WHERE e.sequence_id = $1 AND e.lead_id = $2 AND e.user_id = $3
ORDER BY e.entered_at DESC, e.id DESC
LIMIT 1
