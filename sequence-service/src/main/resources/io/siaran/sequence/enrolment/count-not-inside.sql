-- How many of these leads ($3) cannot be taken out of a user's ($1) sequence ($2), by the reason: nobody has to be asked again who is neither
-- inside nor asked in.
SELECT CASE WHEN l.id IS NULL THEN 'unknown_lead' ELSE 'not_inside' END AS reason, count(*) AS leads
FROM unnest($3::uuid[]) AS named (id)
LEFT JOIN leads l ON l.id = named.id AND l.user_id = $1 AND NOT l.deleted
WHERE NOT EXISTS (
    SELECT FROM enrolments e
    WHERE e.lead_id = named.id AND e.sequence_id = $2 AND e.user_id = $1 AND e.status = 'open')
  AND NOT EXISTS (SELECT FROM requested_entries asked WHERE asked.lead_id = named.id AND asked.sequence_id = $2)
GROUP BY 1
