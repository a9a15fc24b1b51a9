-- What waits, for the metrics; at most 10,000 rows of each are looked at, by index.
SELECT
  (SELECT count(*) FROM (SELECT FROM callback_inbox ORDER BY purpose, due_at LIMIT 10000) AS w) AS waiting,
  -- An event that nobody looked at is due since it came; what was not matched has a later time.
  coalesce((SELECT greatest(0, extract(epoch FROM clock_timestamp() - min(due)))::bigint FROM (VALUES
    ((SELECT min(due_at) FROM callback_inbox WHERE purpose = 'receipt')),
    ((SELECT min(due_at) FROM callback_inbox WHERE purpose = 'reply')),
    ((SELECT min(due_at) FROM callback_inbox WHERE purpose = 'connection'))) AS first (due)), 0) AS oldest_seconds,
  (SELECT count(*) FROM (SELECT FROM inbound_messages WHERE phone IS NULL ORDER BY device_id, lid LIMIT 10000) AS h) AS hidden,
  (SELECT count(*) FROM (
    SELECT FROM inbound_messages WHERE phone IS NULL AND wish IN ('stop', 'doubtful') AND handled_at IS NULL
    ORDER BY user_id, id LIMIT 10000) AS s) AS hidden_stops
