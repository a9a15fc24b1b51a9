-- How many of these leads ($3) of a user ($1) do not enter a sequence ($2) by being asked in, as things are now, by the first reason of each: the
-- conditions of find-eligible-leads.sql for who needs no trigger.
SELECT kept.reason, count(*) AS leads
FROM (
  SELECT CASE
    WHEN EXISTS (
      SELECT FROM enrolments e WHERE e.lead_id = l.id AND e.sequence_id = s.id AND e.status = 'open') THEN 'already_inside'
    WHEN EXISTS (
      SELECT FROM suppressions x WHERE x.user_id = l.user_id AND x.phone = l.phone AND NOT x.deleted) THEN 'suppressed'
    WHEN d.user_id <> l.user_id OR d.deleted THEN 'device_gone'
    WHEN NOT s.allow_reentry AND EXISTS (
      SELECT FROM enrolments e WHERE e.lead_id = l.id AND e.sequence_id = s.id) THEN 'was_inside'
    WHEN s.one_person = 'once' AND EXISTS (
      SELECT FROM leads same JOIN enrolments e ON e.lead_id = same.id AND e.sequence_id = s.id
      WHERE same.user_id = l.user_id AND same.phone = l.phone AND same.id <> l.id
        AND (e.status = 'open' OR NOT s.allow_reentry)) THEN 'same_person_inside'
  END AS reason
  FROM leads l
  JOIN sequences s ON s.id = $2 AND s.user_id = l.user_id
  LEFT JOIN devices d ON d.id = l.device_id
  WHERE l.id = ANY ($3::uuid[]) AND l.user_id = $1
) kept
WHERE kept.reason IS NOT NULL
GROUP BY kept.reason
