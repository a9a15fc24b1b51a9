-- Takes note of an action that somebody asked for.
INSERT INTO bulk_actions (id, user_id, action, outcome, filter, matched, skipped)
VALUES ($1, $2, $3, $4, $5::text::jsonb, $6, $7::text::jsonb)
RETURNING id, action, matched, changed, skipped, asked_at, done_at, failed_because, updated_at
