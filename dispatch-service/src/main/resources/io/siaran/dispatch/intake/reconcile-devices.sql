-- Has the messages of devices reconciled that are deleted now, or whose owner was not known yet: what was stored for them meanwhile
-- may be somebody else's. A minute later, when whoever stored messages without this news is done; of a deleted device when, besides,
-- the time is over in which its leads may be known to have moved (R__obstacles.sql). Until then the release lets nothing out.
-- Once a device: news of it that come again begin no new wait.
-- Before the upsert: it reads what was known, and it may wait for a reconciliation, so it holds no row of device_queue then.
INSERT INTO reconciliations AS r (subject, key, due_at)
SELECT 'device', told.id::text,
  statement_timestamp() + interval '1 minute' + CASE WHEN told.deleted THEN news_of_leads_take() ELSE '0' END
FROM unnest($1::uuid[], $2::text[], $3::boolean[]) AS told (id, user_id, deleted)
LEFT JOIN device_queue AS d ON d.device_id = told.id
WHERE (told.deleted AND d.deleted IS NOT TRUE) OR d.user_id IS DISTINCT FROM told.user_id
ORDER BY 2
ON CONFLICT (subject, key) DO UPDATE SET
  changed_at = excluded.changed_at, due_at = excluded.due_at, done_to = excluded.done_to
