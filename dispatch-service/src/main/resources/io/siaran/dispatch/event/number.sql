-- Numbers the oldest $1 new events, user by user without a gap, and leaves a delivery of each to every webhook that wants it. The
-- caller is the only one who does (an advisory lock), so numbers are committed in their order. What is about one thing came in the
-- order of its commits, since whoever changed it had its row. Answers
-- how many it took, and whose they are.
WITH taken AS (
  DELETE FROM new_events WHERE n IN (SELECT n FROM new_events ORDER BY n LIMIT $1::int)
  RETURNING *
),
counted AS (
  UPDATE event_listeners AS l SET last_position = l.last_position + t.events
  FROM (SELECT user_id, count(*) AS events FROM taken GROUP BY user_id) AS t
  WHERE l.user_id = t.user_id
  RETURNING l.user_id, l.last_position - t.events AS before
),
told AS (
  INSERT INTO events (user_id, position, id, type, subject, at, data, only_for)
  SELECT t.user_id, c.before + row_number() OVER (PARTITION BY t.user_id ORDER BY t.n), t.id, t.type, t.subject, t.at, t.data,
    t.only_for
  FROM taken AS t JOIN counted AS c USING (user_id)
  RETURNING user_id, position, id, type, subject, only_for
),
due AS (
  INSERT INTO webhook_deliveries (webhook_id, position, event_id, type, subject)
  SELECT w.id, t.position, t.id, t.type, t.subject
  FROM told AS t
  JOIN webhooks AS w ON w.user_id = t.user_id AND w.enabled AND NOT w.deleted
    AND CASE WHEN t.only_for IS NULL THEN cardinality(w.events) = 0 OR t.type = ANY (w.events) ELSE w.id = t.only_for END
  RETURNING webhook_id, subject
),
lanes AS (
  INSERT INTO webhook_lanes AS l (webhook_id, subject)
  SELECT DISTINCT webhook_id, subject FROM due ORDER BY 1, 2
  ON CONFLICT (webhook_id, subject) DO UPDATE SET additions = l.additions + 1
)
SELECT (SELECT count(*) FROM taken)::int AS taken, ARRAY(SELECT user_id FROM counted) AS users
