-- Asks that leads be let into a sequence ($6) of their user ($1): these ($2), or all that match niche, status, device and trigger
-- ($3, $4, $5, $7; null is any). The review lets them in where the sequence then begins, or finds why not. Gives the leads.
WITH chosen AS (
  SELECT l.id FROM leads l
  WHERE l.user_id = $1 AND NOT l.deleted
    AND ($2::uuid[] IS NULL OR l.id = ANY ($2::uuid[]))
    AND ($3::text IS NULL OR $3 = ANY (l.niches))
    AND ($4::text IS NULL OR l.target_status = $4)
    AND ($5::uuid IS NULL OR l.device_id = $5)
    AND ($7::text IS NULL OR EXISTS (SELECT FROM lead_triggers t WHERE t.lead_id = l.id AND t.trigger = $7))
), asked AS (
  INSERT INTO requested_entries (lead_id, sequence_id)
  SELECT id, $6::uuid FROM chosen ORDER BY id
  -- Updated as it is, so that it is given too.
  ON CONFLICT (lead_id, sequence_id) DO UPDATE SET sequence_id = excluded.sequence_id
  RETURNING lead_id
), marked AS (
  INSERT INTO lead_reviews AS known (lead_id, user_id, bulk)
  SELECT lead_id, $1, true FROM asked ORDER BY 1
  ON CONFLICT (lead_id) DO UPDATE SET due_at = excluded.due_at WHERE known.failures > 0
)
SELECT lead_id FROM asked
