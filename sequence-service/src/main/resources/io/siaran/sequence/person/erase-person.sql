-- Makes unreadable who walked through sequences. $1 user, $2 phone, $3 leads. The walks stay with their outcome, so that every count
-- does; what they are of is a lead without a phone, a name, and anything else.
WITH asked AS MATERIALIZED (SELECT $1::text AS user_id, $2::text AS phone, $3::uuid[] AS leads),
projected AS (
  UPDATE leads l
     SET phone = '9990000000000', name = NULL, niche = NULL, niches = '{}', attributes = '{}', deleted = true
    FROM asked a
   WHERE l.user_id = a.user_id AND (l.phone = a.phone OR l.id = ANY (a.leads)) AND l.phone <> '9990000000000'
  RETURNING l.id
),
those AS MATERIALIZED (SELECT id FROM projected UNION SELECT unnest(leads) FROM asked),
carried AS (
  DELETE FROM lead_triggers t USING asked a, those WHERE t.lead_id = those.id AND t.user_id = a.user_id RETURNING 1
),
walks AS (
  UPDATE enrolments e SET person = NULL
    FROM asked a, those
   WHERE e.lead_id = those.id AND e.user_id = a.user_id AND e.status <> 'open' AND e.person IS NOT NULL
  RETURNING 1
)
SELECT 'projected_leads' AS what, (SELECT count(*) FROM projected) AS rows
UNION ALL SELECT 'triggers', (SELECT count(*) FROM carried)
UNION ALL SELECT 'sequence_walks', (SELECT count(*) FROM walks)
