-- Asks for a review of the next leads ($2 at most) that a changed sequence ($1) concerns: who carries an entry trigger of it, and who is
-- inside, if it was deleted. Another instance at the same sequence is waited for, and gone on after. A lead whose trigger is
-- not yet committed marks itself, and is reviewed after this saw the sequence active.
WITH turn AS (
  SELECT sequence_id, marked_to FROM sequence_reviews
  WHERE sequence_id = $1 AND marked_to IS NOT NULL
  FOR UPDATE
), page AS (
  SELECT DISTINCT lead_id, user_id, rank
  FROM (
    SELECT t.lead_id, p.user_id, 3 AS rank
    FROM turn
    JOIN entry_points p ON p.sequence_id = turn.sequence_id
    CROSS JOIN LATERAL (
      SELECT lead_id FROM lead_triggers
      WHERE user_id = p.user_id AND trigger = p.trigger AND lead_id > turn.marked_to
      ORDER BY lead_id
      LIMIT $2::integer) t
    UNION ALL
    SELECT e.lead_id, s.user_id, 1
    FROM turn
    JOIN sequences s ON s.id = turn.sequence_id AND s.deleted_at IS NOT NULL
    CROSS JOIN LATERAL (
      SELECT lead_id FROM enrolments
      WHERE sequence_id = s.id AND status = 'open' AND lead_id > turn.marked_to
      ORDER BY lead_id
      LIMIT $2::integer) e
  ) concerned
  ORDER BY lead_id
  LIMIT $2::integer
), marked AS (
  INSERT INTO lead_reviews AS known (lead_id, user_id, rank)
  SELECT lead_id, user_id, rank FROM page
  ORDER BY lead_id
  ON CONFLICT (lead_id) DO UPDATE SET
    rank = least(known.rank, excluded.rank), due_at = CASE WHEN known.failures > 0 THEN excluded.due_at ELSE known.due_at END
  WHERE known.failures > 0 OR known.rank > excluded.rank
)
-- A page that is not full is the last.
UPDATE sequence_reviews r
SET marked_to = (SELECT lead_id FROM page ORDER BY lead_id OFFSET $2::integer - 1 LIMIT 1)
FROM turn
WHERE r.sequence_id = turn.sequence_id
