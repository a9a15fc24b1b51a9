-- Begins to ask for the reviews of a sequence of which it was changed who may enter since the last look: an active one, or one that was
-- deleted. Also where that was under way for an earlier change. Several instances may do so at once: a version begins once.
INSERT INTO sequence_reviews AS r (sequence_id, version, marked_to)
SELECT s.id, s.entry_version, '00000000-0000-0000-0000-000000000000'
FROM sequences s
LEFT JOIN sequence_reviews known ON known.sequence_id = s.id
WHERE (s.status = 'active' OR s.deleted_at IS NOT NULL) AND s.entry_version > coalesce(known.version, 0)
ORDER BY s.id
ON CONFLICT (sequence_id) DO UPDATE SET version = excluded.version, marked_to = excluded.marked_to
WHERE r.version < excluded.version
