-- Takes note of an action that somebody asked for.
INSERT INTO bulk_actions (id, user_id, action, outcome, campaign_id, sequence_id, device_id, status, phone,
  planned_from, planned_to, matched)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)
RETURNING id, action, matched, changed, asked_at, done_at, failed_because
