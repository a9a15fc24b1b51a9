-- Has the messages of deleted devices swept. Behind the upsert and in a transaction of its own, which holds no row of
-- device_queue that a sweep could wait for; told twice, it sweeps twice.
INSERT INTO sweeps AS s (subject, key)
SELECT DISTINCT 'device', id::text FROM unnest($1::uuid[]) AS d (id) ORDER BY 2
ON CONFLICT (subject, key) DO UPDATE SET
  changed_at = excluded.changed_at, sweep_at = excluded.sweep_at, sweep_after = excluded.sweep_after
