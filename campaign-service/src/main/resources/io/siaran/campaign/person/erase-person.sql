-- Makes unreadable who a person is. $1 user, $2 phone, $3 leads, which these are. The rows of leads stay, deleted and without the
-- person, and are announced so: on the topic the last snapshot of a lead is what is left of it. A reply stays a reply of
-- somebody, so that reports add up. What was told of the person to whoever asked for it goes as well.
WITH asked AS MATERIALIZED (SELECT $1::text AS user_id, $2::text AS phone, cardinality($3::uuid[]) AS leads),
gone AS (
  UPDATE leads l
     SET deleted = true, phone = '9990000000000', name = '', niche = '', niche_tags = '{}', trigger = '', attributes = '{}',
         consent_source = NULL, consent_at = NULL, version = l.version + 1, updated_at = clock_timestamp()
    FROM asked a
   WHERE (l.user_id = a.user_id AND l.phone = a.phone AND NOT l.deleted)
      OR (l.user_id = a.user_id AND l.phone = a.phone AND l.deleted)
  RETURNING l.user_id, l.id, l.version
),
carried AS (
  UPDATE lead_triggers t SET present = false FROM gone WHERE t.user_id = gone.user_id AND t.lead_id = gone.id AND t.present
),
news AS (
  INSERT INTO lead_news (user_id, lead_id, version) SELECT user_id, id, version FROM gone ORDER BY 1, 2
  ON CONFLICT (user_id, lead_id) DO UPDATE SET version = excluded.version
),
noted AS (
  DELETE FROM fanout_phones r USING asked a, campaigns c
   WHERE c.user_id = a.user_id AND r.campaign_id = c.id AND r.run = c.planned_run AND r.phone = a.phone
),
written AS (
  DELETE FROM written_people w USING asked a WHERE w.user_id = a.user_id AND w.phone = a.phone RETURNING 1
),
wishes AS (
  DELETE FROM opt_out_replies o USING asked a WHERE o.user_id = a.user_id AND o.phone = a.phone RETURNING 1
),
replies AS (
  UPDATE campaign_replies r SET phone = gen_random_uuid()::text
    FROM asked a, campaigns c
   WHERE r.phone = a.phone AND c.id = r.campaign_id AND c.user_id = a.user_id
  RETURNING 1
),
early AS (
  DELETE FROM early_replies r USING asked a WHERE r.user_id = a.user_id AND r.phone = a.phone RETURNING 1
),
told AS (
  DELETE FROM person_requests e USING asked a
   WHERE e.user_id = a.user_id AND e.phone = a.phone AND e.wish = 'export'
  RETURNING 1
)
SELECT 'leads' AS what, (SELECT count(*) FROM gone) AS rows
UNION ALL SELECT 'opt_out_replies', (SELECT count(*) FROM wishes)
UNION ALL SELECT 'campaign_replies', (SELECT count(*) FROM replies) + (SELECT count(*) FROM early)
UNION ALL SELECT 'last_written', (SELECT count(*) FROM written)
UNION ALL SELECT 'exports', (SELECT count(*) FROM told)
