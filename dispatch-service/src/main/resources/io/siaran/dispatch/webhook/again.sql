-- Has deliveries of a webhook ($1) by the numbers of their events ($2) sent again, if they have one of the statuses $3, with the same
-- ids and as they were. Their lanes know of them by the same statement.
WITH again AS (
  UPDATE webhook_deliveries SET status = 'pending', attempts = 0, since = statement_timestamp()
  WHERE webhook_id = $1 AND position = ANY ($2::bigint[]) AND status = ANY ($3::text[])
  RETURNING webhook_id, subject
),
lanes AS (
  INSERT INTO webhook_lanes AS l (webhook_id, subject)
  SELECT DISTINCT webhook_id, subject FROM again ORDER BY 2
  ON CONFLICT (webhook_id, subject) DO UPDATE SET additions = l.additions + 1
)
SELECT count(*)::int AS waiting FROM again
