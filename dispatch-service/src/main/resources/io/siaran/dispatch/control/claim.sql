-- The oldest action that is open; nobody else works on it meanwhile.
SELECT id, user_id, action, outcome, campaign_id, sequence_id, device_id, status, phone, planned_from, planned_to, asked_at,
  done_to
FROM bulk_actions
WHERE done_at IS NULL
ORDER BY asked_at
LIMIT 1
FOR UPDATE SKIP LOCKED
