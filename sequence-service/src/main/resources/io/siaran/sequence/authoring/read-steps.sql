-- The steps of these sequences in the order in which they were authored.
SELECT sequence_id, id, day_number, trigger, next_trigger, trigger_delay_hours, send_at, is_entry_point
FROM sequence_steps
WHERE sequence_id = ANY ($1::uuid[])
ORDER BY sequence_id, position
