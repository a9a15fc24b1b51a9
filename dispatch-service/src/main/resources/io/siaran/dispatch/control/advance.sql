-- Moves an action on behind the message $3; null: it is done. Adds what was changed, and what was skipped ($4) by its reason.
UPDATE bulk_actions AS a SET
  changed  = changed + $2,
  skipped  = (
    SELECT coalesce(jsonb_object_agg(key, messages), '{}') FROM (
      SELECT key, sum(value::bigint) AS messages
      FROM (SELECT * FROM jsonb_each_text(a.skipped) UNION ALL SELECT * FROM jsonb_each_text($4::text::jsonb)) AS counted
      GROUP BY key) AS sums),
  failures = 0,
  done_to  = coalesce($3::uuid, done_to),
  done_at  = CASE WHEN $3::uuid IS NULL THEN clock_timestamp() END
WHERE id = $1
