-- Of the next $2 withdrawals behind $1 in the order of their ids, forgets those that are older than anything that Kafka could still
-- bring and that nobody needs: their message never came or went with its month, or it ended so that it is never sent again. Where it
-- may be tried again, as a failed one by an operator, only the withdrawal says that it must not be.
-- Answers the last one that was looked at; no row: there are no more. Cost: the page, and one look by the primary key for each.
WITH page AS MATERIALIZED (
  SELECT message_id, user_id, created_at FROM withdrawals WHERE message_id > $1::uuid ORDER BY message_id LIMIT $2::int
),
forgotten AS (
  DELETE FROM withdrawals AS w
  USING page AS p
  WHERE w.message_id = p.message_id AND p.created_at < clock_timestamp() - interval '30 days'
    AND NOT EXISTS (
      SELECT FROM broadcast_messages AS m
      WHERE m.id = p.message_id AND m.user_id = p.user_id
        AND m.status <> 'sent' AND m.failure_reason IS DISTINCT FROM 'withdrawn')
)
SELECT message_id FROM page ORDER BY message_id DESC LIMIT 1
