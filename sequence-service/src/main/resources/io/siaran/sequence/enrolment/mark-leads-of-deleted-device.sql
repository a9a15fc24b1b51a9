-- Asks for a review of the next leads ($2 at most) who are inside a sequence and still on a deleted device ($1). Another instance at the same device
-- is waited for, and gone on after. Once a device: a lead that comes to it later is reviewed for its own change.
WITH turn AS (
  SELECT id, leads_marked_to FROM devices
  WHERE id = $1 AND leads_marked_to IS NOT NULL
  FOR UPDATE
), page AS (
  SELECT l.lead_id, l.user_id
  FROM turn
  CROSS JOIN LATERAL (
    SELECT id AS lead_id, user_id FROM leads stays
    WHERE device_id = turn.id AND id > turn.leads_marked_to
      AND EXISTS (SELECT FROM enrolments e WHERE e.lead_id = stays.id AND e.status = 'open')
    ORDER BY id
    LIMIT $2::integer) l
), marked AS (
  INSERT INTO lead_reviews AS known (lead_id, user_id, rank)
  SELECT lead_id, user_id, 1 FROM page
  ORDER BY lead_id
  ON CONFLICT (lead_id) DO UPDATE SET
    rank = excluded.rank, due_at = CASE WHEN known.failures > 0 THEN excluded.due_at ELSE known.due_at END
  WHERE known.failures > 0 OR known.rank > excluded.rank
)
-- A page that is not full is the last.
UPDATE devices d
SET leads_marked_to = (SELECT lead_id FROM page ORDER BY lead_id OFFSET $2::integer - 1 LIMIT 1)
FROM turn
WHERE d.id = turn.id
