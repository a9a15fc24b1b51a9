-- Folds differences ($1 at most) into the counts. Any of them may be folded at any time, since a report reads both tables at once.
-- SKIP LOCKED keeps two instances apart; one order of the counts keeps them from waiting for each other in a circle.
WITH taken AS (
  DELETE FROM report_deltas
  WHERE id IN (SELECT id FROM report_deltas ORDER BY id LIMIT $1 FOR UPDATE SKIP LOCKED)
  RETURNING sequence_id, step_id, device_id, measures, numbers
),
folded AS (
  INSERT INTO report_counts AS c (sequence_id, step_id, device_id, measure, number)
  SELECT sequence_id, step_id, device_id, measure, sum(number)
  FROM taken
  CROSS JOIN LATERAL unnest(measures, numbers) AS change (measure, number)
  GROUP BY sequence_id, step_id, device_id, measure
  HAVING sum(number) <> 0
  ORDER BY 1, 2, 3, 4
  ON CONFLICT (sequence_id, step_id, device_id, measure) DO UPDATE SET number = c.number + excluded.number
)
SELECT count(*)::integer AS folded FROM taken
