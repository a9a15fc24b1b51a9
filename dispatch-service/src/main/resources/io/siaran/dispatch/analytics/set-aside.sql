-- Puts a difference ($1) aside, with the reason ($2) for which it cannot be folded.
WITH refused AS (
  DELETE FROM status_deltas WHERE id = $1
  RETURNING *
)
INSERT INTO set_aside_deltas SELECT *, $2::text FROM refused
