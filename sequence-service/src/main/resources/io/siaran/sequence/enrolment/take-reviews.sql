-- Takes leads of one rank ($1) that wait for their review, $2 at most, in the order of their users. Users take turns: of those who come after
-- the one who came last ($3), around to that one again, as many as there is room for get an equal share each, so nobody waits for
-- somebody else's million, and however many users wait, each is reached. A user is found by one probe of the index: what it costs
-- is what is taken, however much waits. The deletion commits with what the review finds, so a crash leaves them up for review;
-- SKIP LOCKED keeps two instances apart.
WITH RECURSIVE turns AS (
  SELECT $3::text AS user_id, false AS around, false AS due, 0 AS place
  UNION ALL
  -- A user whose reviews are all put off takes nobody's place.
  SELECT next.user_id, next.around, next.due_at <= statement_timestamp(),
    turns.place + CASE WHEN next.due_at <= statement_timestamp() THEN 1 ELSE 0 END
  FROM turns
  CROSS JOIN LATERAL (
    (SELECT r.user_id, r.due_at, turns.around FROM lead_reviews r
     WHERE r.rank = $1 AND r.user_id > turns.user_id
     ORDER BY r.user_id, r.due_at
     LIMIT 1)
    UNION ALL
    (SELECT r.user_id, r.due_at, true FROM lead_reviews r
     WHERE r.rank = $1 AND NOT turns.around
     ORDER BY r.user_id, r.due_at
     LIMIT 1)
    LIMIT 1) next
  WHERE turns.place < $2::int AND (NOT next.around OR next.user_id <= $3)
),
shares AS (
  SELECT user_id, place, ($2::int + count(*) OVER () - 1) / count(*) OVER () AS most
  FROM turns
  WHERE due
  ORDER BY place
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
),
taken AS (
  DELETE FROM lead_reviews
  -- By the key, whatever PostgreSQL expects of how many those are.
  WHERE lead_id = ANY (ARRAY(SELECT lead_id FROM waiting))
  RETURNING lead_id, user_id
)
SELECT taken.lead_id, taken.user_id
FROM taken
JOIN shares ON shares.user_id = taken.user_id
ORDER BY shares.place
