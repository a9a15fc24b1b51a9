-- What became of claims. Whose lane was claimed by somebody else meanwhile changes nothing. A lane in which nothing waits goes; one
-- in which something does is due at once, or after the pause. Rows are locked in the order in which numbering locks them.
-- A lane goes only if nothing was added since it was claimed: what was added later is not in sight of this statement.
-- $1 webhooks, $2 lanes, $3 claims, $4 additions at the claim, $5 events by their number (null: nothing waited), $6 statuses
-- (pending: again after $7 milliseconds), $8 codes, $9 milliseconds that they took, $10 answers, $11 errors, $12 where they were sent
-- to: what failed at an address that is no longer the webhook's is sent to the new one at once.
WITH result AS (
  SELECT r.webhook_id, r.subject, r.claims, r.additions, r.position, r.code, r.took, r.answer, r.error,
    CASE WHEN moved.is THEN 'pending' ELSE r.status END AS status, CASE WHEN moved.is THEN 0 ELSE r.pause END AS pause
  FROM unnest($1::uuid[], $2::text[], $3::bigint[], $4::bigint[], $5::bigint[], $6::text[], $7::bigint[], $8::int[],
      $9::int[], $10::text[], $11::text[], $12::text[])
    AS r (webhook_id, subject, claims, additions, position, status, pause, code, took, answer, error, url)
  CROSS JOIN LATERAL (
    SELECT r.status <> 'delivered' AND EXISTS (SELECT FROM webhooks AS w WHERE w.id = r.webhook_id AND w.url <> r.url) AS is) AS moved
),
mine AS (
  SELECT r.*, l.additions = r.additions AS alone
  FROM webhook_lanes AS l JOIN result AS r ON r.webhook_id = l.webhook_id AND r.subject = l.subject AND r.claims = l.claims
  ORDER BY l.webhook_id, l.subject
  FOR UPDATE OF l
),
told AS (
  UPDATE webhook_deliveries AS d SET
    status = m.status, attempts = d.attempts + 1, tried_at = statement_timestamp(), code = m.code, took_ms = m.took,
    answer = m.answer, error = m.error
  FROM mine AS m
  WHERE d.webhook_id = m.webhook_id AND d.position = m.position AND d.status = 'pending'
),
next AS (
  SELECT m.*, m.status <> 'pending' AND m.alone AND NOT EXISTS (
    SELECT FROM webhook_deliveries AS d
    WHERE d.webhook_id = m.webhook_id AND d.subject = m.subject AND d.status = 'pending'
      AND d.position IS DISTINCT FROM m.position) AS empty
  FROM mine AS m
),
gone AS (
  DELETE FROM webhook_lanes AS l USING next AS n
  WHERE n.empty AND l.webhook_id = n.webhook_id AND l.subject = n.subject
)
UPDATE webhook_lanes AS l SET due_at = statement_timestamp() + n.pause * interval '1 millisecond'
FROM next AS n
WHERE NOT n.empty AND l.webhook_id = n.webhook_id AND l.subject = n.subject
