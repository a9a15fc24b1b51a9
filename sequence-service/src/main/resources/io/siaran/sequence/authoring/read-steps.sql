-- The steps of these sequences in the order in which they were authored, and those removed, the last removed last, with the version of the plan.
SELECT p.sequence_id, p.id, p.position, p.day_number, p.trigger, p.next_trigger, p.trigger_delay_hours, p.send_at, p.is_entry_point,
  p.removed_at IS NOT NULL AS removed, s.plan_version
FROM sequence_steps p
JOIN sequences s ON s.id = p.sequence_id
WHERE p.sequence_id = ANY ($1::uuid[])
ORDER BY p.sequence_id, p.removed_at NULLS FIRST, p.position
