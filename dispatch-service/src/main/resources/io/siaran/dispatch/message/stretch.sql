-- The next messages of a user ($1) behind one ($2) in the order of their ids: at most $4 are looked at, and at most $3 of those that are
-- meant are answered. {way} names one index that has them in this order, {meant} says which are meant. Cost: what is looked at.
WITH looked AS MATERIALIZED (
  SELECT m.id, (true{meant}) AS meant
  FROM broadcast_messages AS m
  WHERE m.user_id = $1 AND m.id > $2::uuid{way}
  ORDER BY m.id
  LIMIT $4::int
)
SELECT ARRAY(SELECT id FROM looked WHERE meant ORDER BY id LIMIT $3::int) AS ids,
  (SELECT count(*) FROM looked) AS looked_at, (SELECT id FROM looked ORDER BY id DESC LIMIT 1) AS looked_to
