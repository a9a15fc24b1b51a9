-- These waiting steps ($1) are under way from now on, each with its time ($2) and its message id ($3), fixed for good.
UPDATE sequence_contacts c
SET status = 'active', next_trigger_time = next.due_at, message_id = next.message_id
FROM unnest($1::uuid[], $2::timestamptz[], $3::uuid[]) AS next (id, due_at, message_id)
WHERE c.id = next.id AND c.status = 'pending'
