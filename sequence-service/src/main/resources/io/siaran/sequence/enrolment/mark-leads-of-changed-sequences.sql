-- Asks for a review of every lead that a sequence concerns of which it was changed who may enter since the last look: who carries an entry
-- trigger of an active one, and who is inside a deleted one. Several instances may do so at once: marks are sets. A lead
-- whose trigger is not yet committed marks itself, and is reviewed after this saw the sequence active.
WITH changed AS (
  SELECT s.id, s.entry_version AS version, s.deleted_at IS NOT NULL AS deleted
  FROM sequences s
  LEFT JOIN sequence_reviews r ON r.sequence_id = s.id
  WHERE (s.status = 'active' OR s.deleted_at IS NOT NULL) AND s.entry_version > coalesce(r.version, 0)
), looked_at AS (
  INSERT INTO sequence_reviews AS r (sequence_id, version)
  SELECT id, version FROM changed
  ORDER BY id
  ON CONFLICT (sequence_id) DO UPDATE SET version = greatest(r.version, excluded.version)
)
INSERT INTO lead_reviews AS known (lead_id, user_id, bulk)
SELECT lead_id, min(user_id), bool_and(bulk)
FROM (
  SELECT t.lead_id, t.user_id, true AS bulk
  FROM changed
  JOIN entry_points p ON p.sequence_id = changed.id
  JOIN lead_triggers t ON t.user_id = p.user_id AND t.trigger = p.trigger
  UNION ALL
  SELECT e.lead_id, e.user_id, false
  FROM changed
  JOIN enrolments e ON e.sequence_id = changed.id AND e.status = 'open'
  WHERE changed.deleted
) concerned
GROUP BY lead_id
ORDER BY 1
ON CONFLICT (lead_id) DO UPDATE SET
  bulk = known.bulk AND excluded.bulk, due_at = CASE WHEN known.failures > 0 THEN excluded.due_at ELSE known.due_at END
WHERE known.failures > 0 OR (known.bulk AND NOT excluded.bulk)
