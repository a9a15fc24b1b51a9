-- How many contacts of a sequence are at each step: waiting for its time or device, or with its message out (true).
SELECT step_id, measure = 'under_way' AS out, sum(number)::bigint AS contacts
FROM report_numbers
WHERE sequence_id = :id AND step_id IS NOT NULL AND measure IN ('waiting', 'under_way')
GROUP BY step_id, measure
HAVING sum(number) > 0
ORDER BY 1, 2
