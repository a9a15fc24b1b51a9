-- Every number of a sequence ($1) that the counts have, folded or not, and that its contacts and enrolments do not have, or the other way.
WITH kept AS (
  SELECT step_id, device_id, measure, sum(number)::bigint AS number
  FROM report_numbers
  WHERE sequence_id = $1 AND measure NOT IN ('waits', 'waited_millis')
  GROUP BY 1, 2, 3
), facts AS (
  SELECT c.step_id, c.device_id, m.measure
  FROM sequence_contacts c
  CROSS JOIN LATERAL (VALUES
    (CASE WHEN c.message_id IS NOT NULL THEN 'entered' END),
    (CASE WHEN c.status IN ('pending', 'active') THEN 'pending' ELSE c.status END),
    (CASE WHEN c.status = 'active' THEN CASE WHEN c.processing_device_id IS NULL THEN 'waiting' ELSE 'under_way' END END),
    (CASE WHEN c.status = 'unknown' AND c.settled_at IS NULL THEN 'under_way' END),
    (CASE WHEN c.status = 'sent' AND c.replied_at IS NOT NULL THEN 'replied' END)) AS m (measure)
  WHERE c.sequence_id = $1 AND m.measure IS NOT NULL
), counted AS (
  SELECT step_id, NULL::uuid AS device_id, measure, count(*) AS number FROM facts GROUP BY 1, 3
  UNION ALL
  SELECT NULL, device_id, measure, count(*) FROM facts GROUP BY 2, 3
  UNION ALL
  SELECT NULL, NULL, m.measure, count(*)
  FROM enrolments e
  CROSS JOIN LATERAL (VALUES
    ('entered'),
    (CASE e.status WHEN 'open' THEN 'inside' WHEN 'left' THEN 'left_' || e.left_reason ELSE e.status END),
    (CASE WHEN e.replied_at IS NOT NULL THEN 'replied' END)) AS m (measure)
  WHERE e.sequence_id = $1 AND m.measure IS NOT NULL
  GROUP BY m.measure
)
SELECT coalesce(k.step_id, c.step_id) AS step_id, coalesce(k.device_id, c.device_id) AS device_id,
  coalesce(k.measure, c.measure) AS measure, k.number AS kept, c.number AS counted
FROM kept k
FULL JOIN counted c ON coalesce(k.step_id::text, '') = coalesce(c.step_id::text, '')
  AND coalesce(k.device_id::text, '') = coalesce(c.device_id::text, '') AND k.measure = c.measure
WHERE coalesce(k.number, 0) <> coalesce(c.number, 0)
