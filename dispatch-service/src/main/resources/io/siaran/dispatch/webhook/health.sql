-- How webhooks are, after what became of some deliveries: $1 webhooks in order, $2 whether anything arrived, $3 how many failed, $4
-- whether the receiver is gone, $8 where they were sent to: what an address answers that is no longer the webhook's says nothing of it. $5 failures until it rests, $6 seconds that it rests at first, $7 seconds of failure until it is
-- disabled. What works and did not fail is not written. Of one that is disabled its user is told, by an event that
-- other receivers of the user get too: without the query of the URL, which may hold a secret of its receiver.
-- Rows are locked in the order of their ids, so two processes wait for each other a moment at most; nobody holds one for longer (who
-- sends again locks none). None is skipped: what was not counted would be lost.
WITH health AS (
  SELECT * FROM unnest($1::uuid[], $2::boolean[], $3::int[], $4::boolean[], $8::text[]) AS h (id, arrived, failed, gone, url)
),
before AS (
  SELECT w.id, h.gone, w.failing_since, CASE WHEN h.arrived THEN 0 ELSE w.failures + h.failed END AS now_failures
  FROM webhooks AS w JOIN health AS h USING (id, url)
  WHERE w.enabled AND (h.gone OR (h.arrived AND w.failures > 0) OR (NOT h.arrived AND h.failed > 0))
  ORDER BY w.id
  FOR UPDATE OF w
),
changed AS (
  UPDATE webhooks AS w SET
    failures      = b.now_failures,
    failing_since = CASE WHEN b.now_failures > 0 THEN coalesce(w.failing_since, statement_timestamp()) END,
    resting_until = CASE WHEN b.now_failures >= $5::int
                      THEN statement_timestamp() + interval '1 second'
                        * least(3600, $6::int * 2.0 ^ least(20, b.now_failures - $5::int)) END,
    enabled         = NOT d.ends,
    disabled_reason = CASE WHEN d.ends THEN CASE WHEN b.gone THEN 'gone' ELSE 'failing' END END,
    disabled_at     = CASE WHEN d.ends THEN statement_timestamp() END,
    version         = w.version + d.ends::int
  FROM before AS b
  CROSS JOIN LATERAL (
    SELECT b.gone OR (b.now_failures > 0 AND b.failing_since < statement_timestamp() - $7::int * interval '1 second') IS TRUE
      AS ends) AS d
  WHERE w.id = b.id
  RETURNING w.id, w.user_id, w.url, w.enabled, w.disabled_reason, w.failures, w.failing_since
),
told AS (
  INSERT INTO new_events (user_id, type, subject, data)
  SELECT c.user_id, 'webhook.disabled', c.id, json_strip_nulls(json_build_object(
    'webhook_id', c.id, 'url', split_part(c.url, '?', 1), 'reason', c.disabled_reason, 'failing_since', rfc3339(c.failing_since)))::text
  FROM changed AS c JOIN event_listeners AS l ON l.user_id = c.user_id AND l.listening
  WHERE NOT c.enabled
)
SELECT id, disabled_reason, failures FROM changed WHERE NOT enabled
