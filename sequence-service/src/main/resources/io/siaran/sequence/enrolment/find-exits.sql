-- Which open enrolments of these leads ($1) end now, and why; and without a reason those whose phone was corrected, which are changed next
-- (follow-phones.sql). Locks all of them at once, in the one order in which everybody does.
-- One assignment may begin enrolments in several sequences. The first that is completed takes it off the lead: that is
-- no reason to leave the others. A lead whose device was deleted has $2 seconds to be moved to another.
SELECT e.id,
  CASE
    WHEN l.deleted THEN 'lead_deleted'
    WHEN x.phone IS NOT NULL THEN 'suppressed'
    WHEN s.deleted_at IS NOT NULL THEN 'sequence_deleted'
    WHEN s.stop_on_status AND l.target_status <> e.entered_status THEN 'status_changed'
    WHEN d.deleted_at <= statement_timestamp() - make_interval(secs => $2) THEN 'device_deleted'
    WHEN twice.holds THEN 'same_person'
    WHEN NOT caused.holds THEN 'trigger_removed'
  END AS reason
FROM enrolments e
JOIN sequences s ON s.id = e.sequence_id
JOIN leads l ON l.id = e.lead_id
LEFT JOIN devices d ON d.id = l.device_id
LEFT JOIN suppressions x ON x.user_id = l.user_id AND x.phone = l.phone AND NOT x.deleted
CROSS JOIN LATERAL still_caused(e.lead_id, e.trigger, e.assignment) caused
CROSS JOIN LATERAL walks_twice(e.id, e.sequence_id, e.person, e.lead_id, l.user_id, l.phone) twice
WHERE e.lead_id = ANY ($1::uuid[])
  AND e.status = 'open'
  AND (l.deleted OR x.phone IS NOT NULL OR s.deleted_at IS NOT NULL
    OR (s.stop_on_status AND l.target_status <> e.entered_status)
    OR d.deleted_at <= statement_timestamp() - make_interval(secs => $2)
    OR twice.holds OR NOT caused.holds OR e.person <> l.phone)
ORDER BY e.id
FOR UPDATE OF e
