-- Asks for a review of every lead that carries an entry trigger of a sequence which was activated or changed since the
-- last look. Several instances may do so at once: marks are sets. A lead whose trigger is not yet committed marks
-- itself, and is reviewed after this saw the sequence active.
WITH changed AS (
  SELECT s.id, s.version
  FROM sequences s
  LEFT JOIN sequence_reviews r ON r.sequence_id = s.id
  WHERE s.status = 'active' AND s.version > coalesce(r.version, 0)
), looked_at AS (
  INSERT INTO sequence_reviews AS r (sequence_id, version)
  SELECT id, version FROM changed
  ORDER BY id
  ON CONFLICT (sequence_id) DO UPDATE SET version = greatest(r.version, excluded.version)
)
INSERT INTO lead_reviews (lead_id)
SELECT DISTINCT t.lead_id
FROM changed
JOIN entry_points p ON p.sequence_id = changed.id
JOIN lead_triggers t ON t.user_id = p.user_id AND t.trigger = p.trigger
ORDER BY 1
ON CONFLICT DO NOTHING
