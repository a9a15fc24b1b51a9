-- Claims the next lanes that are due, at most $1, each with the oldest event that waits in it: fair over the users and their webhooks,
-- first one of each, then the second ones. Nothing of a webhook that is disabled or rests.
-- $1 lanes, $2 lanes of one webhook that may be in flight, $3 and $4 webhooks of which some are already, and how many, $5 and $8 the
-- same of users, $9 lanes of one user that may be in flight, $6 lanes that may be claimed of webhooks that failed last: each of those
-- has one in flight at most, and together they leave room for the others, however many hang. $7 milliseconds until a claim counts
-- as lost.
-- Safe: what is chosen is locked, and looked at again then; two processes that choose alike share it. Cost: one look for each webhook
-- that anything waits for, however much that is; what was delivered is not read, and only what is claimed is locked.
WITH RECURSIVE waiting AS (
  (SELECT webhook_id FROM webhook_lanes ORDER BY webhook_id LIMIT 1)
  UNION ALL
  SELECT (SELECT l.webhook_id FROM webhook_lanes AS l WHERE l.webhook_id > w.webhook_id ORDER BY l.webhook_id LIMIT 1)
  FROM waiting AS w WHERE w.webhook_id IS NOT NULL
),
ready AS (
  SELECT w.id, w.user_id, w.failures > 0 AS ailing, r.of_user,
    greatest(0, CASE WHEN w.failures > 0 THEN 1 ELSE $2::int END - coalesce(b.in_flight, 0)) AS room
  FROM waiting
  JOIN webhooks AS w ON w.id = waiting.webhook_id
  LEFT JOIN unnest($3::uuid[], $4::int[]) AS b (id, in_flight) ON b.id = w.id
  LEFT JOIN unnest($5::text[], $8::int[]) AS u (id, in_flight) ON u.id = w.user_id
  CROSS JOIN LATERAL (SELECT $9::int - coalesce(u.in_flight, 0) AS of_user) AS r
  WHERE w.enabled AND NOT w.deleted AND r.of_user > 0
    AND (w.resting_until IS NULL OR w.resting_until <= statement_timestamp())
),
due AS (
  SELECT l.webhook_id, l.subject, l.due_at, r.ailing, r.of_user, r.user_id,
    row_number() OVER (PARTITION BY l.webhook_id ORDER BY l.due_at) AS nth
  FROM ready AS r
  CROSS JOIN LATERAL (
    SELECT webhook_id, subject, due_at FROM webhook_lanes
    WHERE webhook_id = r.id AND due_at <= statement_timestamp()
    ORDER BY due_at
    LIMIT least(r.room, r.of_user)) AS l
),
of_users AS (
  SELECT d.*, row_number() OVER (PARTITION BY d.user_id ORDER BY d.nth, d.due_at, d.webhook_id, d.subject) AS nth_of_user
  FROM due AS d
),
chosen AS (
  SELECT webhook_id, subject FROM (
    SELECT o.*, sum(ailing::int) OVER (ORDER BY nth_of_user, due_at, webhook_id, subject) AS ailing_so_far
    FROM of_users AS o WHERE nth_of_user <= of_user) AS o
  WHERE NOT ailing OR ailing_so_far <= $6::int
  ORDER BY nth_of_user, due_at
  LIMIT $1::int
),
locked AS (
  SELECT l.webhook_id, l.subject
  FROM chosen AS c
  JOIN webhook_lanes AS l ON l.webhook_id = c.webhook_id AND l.subject = c.subject AND l.due_at <= statement_timestamp()
  FOR UPDATE OF l SKIP LOCKED
),
claimed AS (
  UPDATE webhook_lanes AS l SET due_at = statement_timestamp() + $7::int * interval '1 millisecond', claims = nextval('webhook_claims')
  FROM locked AS c
  WHERE l.webhook_id = c.webhook_id AND l.subject = c.subject
  RETURNING l.webhook_id, l.subject, l.claims, l.additions
)
SELECT c.webhook_id, c.subject AS lane, c.claims, c.additions, w.user_id, w.url, w.generation, w.failures > 0 AS ailing,
  w.old_valid_until > statement_timestamp() AS old_is_valid, d.attempts, d.since, e.position, e.id, e.type, e.at, e.subject, e.data
FROM claimed AS c
JOIN webhooks AS w ON w.id = c.webhook_id
LEFT JOIN LATERAL (
  SELECT position, attempts, since FROM webhook_deliveries
  WHERE webhook_id = c.webhook_id AND subject = c.subject AND status = 'pending'
  ORDER BY position LIMIT 1) AS d ON true
LEFT JOIN events AS e ON e.user_id = w.user_id AND e.position = d.position
