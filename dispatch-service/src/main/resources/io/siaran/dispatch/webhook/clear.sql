-- Of webhooks that get nothing any more: ends up to $1 deliveries that wait, and removes as many of their lanes. A lane that is in
-- flight goes too: what becomes of it changes nothing then. Whoever enables the webhook again may have them sent again.
WITH lanes AS (
  SELECT l.webhook_id, l.subject
  FROM webhooks AS w
  JOIN webhook_lanes AS l ON l.webhook_id = w.id
  WHERE NOT w.enabled OR w.deleted
  ORDER BY l.webhook_id, l.subject
  LIMIT $1::int
  FOR UPDATE OF l SKIP LOCKED
),
ended AS (
  UPDATE webhook_deliveries AS d SET status = 'failed', error = 'the webhook was disabled'
  FROM lanes AS l
  WHERE d.webhook_id = l.webhook_id AND d.subject = l.subject AND d.status = 'pending'
),
gone AS (
  DELETE FROM webhook_lanes AS l USING lanes AS g WHERE l.webhook_id = g.webhook_id AND l.subject = g.subject
)
SELECT count(*)::int AS cleared FROM lanes
