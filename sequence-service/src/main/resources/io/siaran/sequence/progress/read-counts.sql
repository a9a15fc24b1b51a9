-- What is counted of a sequence ($1), folded or not: of each step, of each device, and of the whole (neither).
SELECT step_id, device_id, measure, sum(number)::bigint AS number
FROM (
  SELECT step_id, device_id, measure, number FROM report_counts WHERE sequence_id = $1
  UNION ALL
  SELECT step_id, device_id, measure, number FROM report_deltas WHERE sequence_id = $1
) counted
GROUP BY step_id, device_id, measure
