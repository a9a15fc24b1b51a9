-- Folds the oldest $1 differences of reasons into their counts. The caller holds the turn (turn.sql).
WITH taken AS (
  DELETE FROM reason_deltas WHERE id IN (SELECT id FROM reason_deltas ORDER BY id LIMIT $1)
  RETURNING *
)
INSERT INTO reason_counts AS c (user_id, planned_day, kind, campaign_id, sequence_id, reason, messages)
SELECT user_id, planned_day, kind, campaign_id, sequence_id, reason, sum(messages)
FROM taken
GROUP BY user_id, planned_day, kind, campaign_id, sequence_id, reason
ON CONFLICT (user_id, planned_day, kind, campaign_id, sequence_id, reason) DO UPDATE SET messages = c.messages + excluded.messages
