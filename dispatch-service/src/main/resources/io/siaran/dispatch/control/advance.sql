-- Moves an action on behind the message $3; null: it is done.
UPDATE bulk_actions SET
  changed = changed + $2,
  failures = 0,
  done_to = coalesce($3::uuid, done_to),
  done_at = CASE WHEN $3::uuid IS NULL THEN clock_timestamp() END
WHERE id = $1
