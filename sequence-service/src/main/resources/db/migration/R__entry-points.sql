-- Which trigger lets a lead into which sequence, and at which step: each entry point's own trigger, and the
-- sequence's trigger for the first of them. Where both are the same, the step's own row comes first.
CREATE OR REPLACE VIEW entry_points AS
SELECT p.user_id, p.trigger, p.sequence_id, p.id AS step_id, p.day_number, p.position, s.status = 'active' AS open
FROM sequence_steps p
JOIN sequences s ON s.id = p.sequence_id
WHERE p.is_entry_point AND p.removed_at IS NULL AND s.deleted_at IS NULL
UNION ALL
SELECT s.user_id, s.trigger, s.id, first.id, first.day_number, first.position, s.status = 'active'
FROM sequences s
CROSS JOIN LATERAL (
  SELECT p.id, p.day_number, p.position
  FROM sequence_steps p
  WHERE p.sequence_id = s.id AND p.is_entry_point AND p.removed_at IS NULL
  ORDER BY p.day_number, p.position
  LIMIT 1
) first
WHERE s.trigger IS NOT NULL AND s.deleted_at IS NULL;
