-- Moves an action on behind the message $3; null: it is done. Adds what was changed, and what was skipped ($4) by its reason. What was
-- too much to be counted when it was asked for is known then.
UPDATE bulk_actions AS a SET
  changed  = a.changed + $2,
  skipped  = s.skipped,
  matched  = CASE WHEN $3::uuid IS NULL THEN coalesce(a.matched, a.changed + $2 + s.messages) ELSE a.matched END,
  failures = 0,
  updated_at = clock_timestamp(),
  done_to  = coalesce($3::uuid, a.done_to),
  done_at  = CASE WHEN $3::uuid IS NULL THEN clock_timestamp() END
FROM (
  SELECT coalesce(jsonb_object_agg(key, messages), '{}') AS skipped, coalesce(sum(messages), 0) AS messages
  FROM (
    SELECT key, sum(value::bigint) AS messages
    FROM (
      SELECT e.* FROM bulk_actions AS b CROSS JOIN LATERAL jsonb_each_text(b.skipped) AS e WHERE b.id = $1
      UNION ALL
      SELECT * FROM jsonb_each_text($4::text::jsonb)) AS counted
    GROUP BY key) AS sums) AS s
WHERE a.id = $1
