-- Which open enrolments of these leads ($1) end now, and why. Locks them, in the one order in which everybody does.
-- One assignment may begin enrolments in several sequences. The first that is completed takes it off the lead: that is
-- no reason to leave the others.
SELECT e.id,
  CASE
    WHEN l.deleted THEN 'lead_deleted'
    WHEN x.phone IS NOT NULL THEN 'suppressed'
    WHEN s.deleted_at IS NOT NULL THEN 'sequence_deleted'
    ELSE 'trigger_removed'
  END AS reason
FROM enrolments e
JOIN sequences s ON s.id = e.sequence_id
JOIN leads l ON l.id = e.lead_id
LEFT JOIN suppressions x ON x.user_id = l.user_id AND x.phone = l.phone AND NOT x.deleted
WHERE e.lead_id = ANY ($1::uuid[])
  AND e.status = 'open'
  AND (l.deleted OR x.phone IS NOT NULL OR s.deleted_at IS NOT NULL OR NOT EXISTS (
    SELECT FROM lead_triggers t
    WHERE t.lead_id = e.lead_id AND t.trigger = e.trigger AND t.assignment = e.assignment
    UNION ALL
    SELECT FROM enrolments done
    WHERE done.lead_id = e.lead_id AND done.trigger = e.trigger AND done.assignment = e.assignment
      AND done.status = 'completed'))
ORDER BY e.id
FOR UPDATE OF e
