-- Stops a scope, and has what is in flight asked back. A stop that stands stays, but for a user's own under an
-- administrator's.
WITH stopped AS (
  INSERT INTO stops AS s (scope, user_id, stopped_by, reason) VALUES ($1, $2, $3, $4)
  ON CONFLICT (scope, user_id) DO UPDATE SET
    stopped_at = excluded.stopped_at, stopped_by = excluded.stopped_by, reason = excluded.reason
  WHERE s.stopped_by = s.user_id AND excluded.stopped_by <> excluded.user_id
)
INSERT INTO reconciliations (subject, key) VALUES ('stop', coalesce($2, ''))
ON CONFLICT (subject, key) DO UPDATE SET
  changed_at = excluded.changed_at, due_at = excluded.due_at, done_to = excluded.done_to
