-- Has the messages of devices swept that are deleted, or whose owner was not known yet: what was stored for them meanwhile
-- may be somebody else's. A minute later, when the news of their leads, which comes on another way, is in, and whoever
-- stored messages without this news is done; until then the release lets nothing out.
-- Before the upsert: it reads what was known, and it may wait for a reconciliation, so it holds no row of device_queue then.
INSERT INTO reconciliations AS r (subject, key, due_at)
SELECT DISTINCT 'device', told.id::text, statement_timestamp() + interval '1 minute'
FROM unnest($1::uuid[], $2::text[], $3::boolean[]) AS told (id, user_id, deleted)
LEFT JOIN device_queue AS d ON d.device_id = told.id
WHERE told.deleted OR d.user_id IS DISTINCT FROM told.user_id
ORDER BY 2
ON CONFLICT (subject, key) DO UPDATE SET
  changed_at = excluded.changed_at, due_at = excluded.due_at, done_to = excluded.done_to
