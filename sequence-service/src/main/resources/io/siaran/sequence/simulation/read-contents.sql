-- What the steps of a user's ($2) sequence ($1) say, with the sequence's zone and trigger.
SELECT p.id, p.trigger, p.message_type, p.content, p.media_url, p.is_entry_point, s.time_zone, s.trigger AS sequence_trigger, s.niche
FROM sequences s
LEFT JOIN sequence_steps p ON p.sequence_id = s.id AND p.removed_at IS NULL
WHERE s.id = $1 AND s.user_id = $2 AND s.deleted_at IS NULL
ORDER BY p.day_number, p.position
