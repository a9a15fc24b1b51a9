-- Asks for a review of who is inside a sequence and still on a device that was deleted more than $1 seconds ago. Once a device:
-- a lead that comes to it later is reviewed for its own change.
WITH gone AS (
  UPDATE devices SET leads_reviewed = true
  WHERE deleted AND NOT leads_reviewed AND deleted_at <= statement_timestamp() - make_interval(secs => $1)
  RETURNING id
)
INSERT INTO lead_reviews AS known (lead_id, user_id, bulk)
SELECT DISTINCT l.id, l.user_id, false
FROM gone
JOIN leads l ON l.device_id = gone.id
JOIN enrolments e ON e.lead_id = l.id AND e.status = 'open'
ORDER BY 1
ON CONFLICT (lead_id) DO UPDATE SET bulk = false, due_at = CASE WHEN known.failures > 0 THEN excluded.due_at ELSE known.due_at END
WHERE known.failures > 0 OR known.bulk
