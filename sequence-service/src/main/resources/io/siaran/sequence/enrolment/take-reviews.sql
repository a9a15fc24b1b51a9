-- Takes leads that wait for their review ($1 at most, or one for each user who has any): first those of whom something changed, for
-- they may have to leave, then the many that an activation or a request brings. Users take turns: each gets an equal
-- share of what is taken, so nobody waits for somebody else's million. Each user is found by one probe of the index.
-- The deletion commits with what the review finds, so a crash leaves them up for review; SKIP LOCKED keeps two
-- instances apart.
WITH RECURSIVE turns AS (
  (SELECT bulk, user_id FROM lead_reviews ORDER BY bulk, user_id LIMIT 1)
  UNION ALL
  SELECT next.bulk, next.user_id
  FROM turns
  CROSS JOIN LATERAL (
    SELECT r.bulk, r.user_id FROM lead_reviews r
    WHERE (r.bulk, r.user_id) > (turns.bulk, turns.user_id)
    ORDER BY r.bulk, r.user_id
    LIMIT 1) next
),
shares AS (
  SELECT bulk, user_id, ($1::int + count(*) OVER (PARTITION BY bulk) - 1) / count(*) OVER (PARTITION BY bulk) AS most
  FROM turns
),
waiting AS (
  SELECT shares.bulk, mine.lead_id
  FROM shares
  CROSS JOIN LATERAL (
    SELECT r.lead_id FROM lead_reviews r
    WHERE r.bulk = shares.bulk AND r.user_id = shares.user_id AND r.due_at <= statement_timestamp()
    ORDER BY r.due_at
    LIMIT shares.most
    FOR UPDATE SKIP LOCKED) mine
  ORDER BY shares.bulk
  LIMIT $1::int
)
DELETE FROM lead_reviews
WHERE lead_id IN (SELECT lead_id FROM waiting)
RETURNING lead_id
