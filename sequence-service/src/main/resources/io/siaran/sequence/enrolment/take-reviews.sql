-- Takes leads of one rank ($1) that wait for their review, $2 at most. Users take turns: each gets an equal share of what is taken, so nobody waits
-- for somebody else's million. Each user is found by one probe of the index. The deletion commits with what the review
-- finds, so a crash leaves them up for review; SKIP LOCKED keeps two instances apart.
WITH RECURSIVE turns AS (
  (SELECT user_id FROM lead_reviews WHERE rank = $1 ORDER BY user_id LIMIT 1)
  UNION ALL
  SELECT next.user_id
  FROM turns
  CROSS JOIN LATERAL (
    SELECT r.user_id FROM lead_reviews r
    WHERE r.rank = $1 AND r.user_id > turns.user_id
    ORDER BY r.user_id
    LIMIT 1) next
),
shares AS (
  SELECT user_id, ($2::int + count(*) OVER () - 1) / count(*) OVER () AS most
  FROM turns
),
waiting AS (
  SELECT mine.lead_id
  FROM shares
  CROSS JOIN LATERAL (
    SELECT r.lead_id FROM lead_reviews r
    WHERE r.rank = $1 AND r.user_id = shares.user_id AND r.due_at <= statement_timestamp()
    ORDER BY r.due_at
    LIMIT shares.most
    FOR UPDATE SKIP LOCKED) mine
  LIMIT $2::int
)
DELETE FROM lead_reviews
WHERE lead_id IN (SELECT lead_id FROM waiting)
RETURNING lead_id
