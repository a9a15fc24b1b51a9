-- What is counted of a sequence ($1), folded or not: of each step, of each device, and of the whole (neither).
SELECT step_id, device_id, measure, sum(number)::bigint AS number
FROM report_numbers
WHERE sequence_id = $1
GROUP BY step_id, device_id, measure
