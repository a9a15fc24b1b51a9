-- A lead, and how far a run came with it. $1 user, $2 lead, $3 campaign, $4 run, $5 the first run of its plan, $6 its niche tag.
-- A run that is published again has passed everybody, wherever its cursor stands.
-- Through which lead the phone is reached is known only where a phone is written to once, and until some time after the run's end.
SELECT f.started_at, f.started_at IS NOT NULL AS begun, f.ended_at IS NOT NULL AS ended, l.created_at >= f.started_at AS came_after,
       l.niche_tags @> ARRAY[$6]::text[] AS has_niche,
       coalesce(f.repeats > 0 OR l.id <= f.cursor, false) AS passed, r.lead_id AS through,
       EXISTS (SELECT FROM fanout_rejects j WHERE j.campaign_id = $3 AND j.run = $4 AND j.lead_id = l.id) AS put_aside,
       EXISTS (SELECT FROM fanout_withdrawals w WHERE w.campaign_id = $3 AND w.run = $4 AND w.lead_id = l.id) AS taken_back
  FROM leads l
  LEFT JOIN fanouts f ON f.campaign_id = $3 AND f.run = $4
 CROSS JOIN LATERAL run_reaches(f.campaign_id, $5, l.user_id, l.phone) AS r
 WHERE l.user_id = $1 AND l.id = $2 AND NOT l.deleted
