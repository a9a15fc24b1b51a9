-- How long, in seconds, the oldest event waits for its number, or a delivery that may be made for its turn; and how many webhooks
-- fail. As many looks as webhooks anything waits for.
WITH RECURSIVE waiting AS (
  (SELECT webhook_id FROM webhook_lanes ORDER BY webhook_id LIMIT 1)
  UNION ALL
  SELECT (SELECT l.webhook_id FROM webhook_lanes AS l WHERE l.webhook_id > w.webhook_id ORDER BY l.webhook_id LIMIT 1)
  FROM waiting AS w WHERE w.webhook_id IS NOT NULL
),
first AS (
  SELECT l.due_at
  FROM waiting
  JOIN webhooks AS w ON w.id = waiting.webhook_id
  CROSS JOIN LATERAL (SELECT due_at FROM webhook_lanes WHERE webhook_id = w.id ORDER BY due_at LIMIT 1) AS l
  WHERE w.enabled AND NOT w.deleted AND w.failures = 0
)
SELECT
  coalesce(greatest(0, extract(epoch FROM statement_timestamp() - least(
    (SELECT at FROM new_events ORDER BY n LIMIT 1), (SELECT min(due_at) FROM first)))), 0)::bigint AS late,
  (SELECT count(*) FROM webhooks WHERE enabled AND NOT deleted AND failures > 0) AS failing
