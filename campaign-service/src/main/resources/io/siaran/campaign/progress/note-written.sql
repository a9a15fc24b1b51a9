-- Notes when the people behind these leads were written to, each of whom may have several leads: the latest two times stay.
-- $1 users, $2 leads, $3 times. In the order of the key, so that two writers never wait for each other; what is delivered or
-- read later says the same time again, and writes nothing.
INSERT INTO written_people AS known (user_id, phone, written_at, written_before)
SELECT user_id, phone, times[1], times[2]
  FROM (SELECT l.user_id, l.phone, array_agg(DISTINCT told.at ORDER BY told.at DESC) AS times
          FROM unnest($1::text[], $2::uuid[], $3::timestamptz[]) AS told (user_id, lead_id, at)
          JOIN leads l ON l.user_id = told.user_id AND l.id = told.lead_id
         GROUP BY l.user_id, l.phone) AS person
 ORDER BY user_id, phone
ON CONFLICT (user_id, phone) DO UPDATE
   SET (written_at, written_before) = (
         SELECT latest[1], latest[2]
           FROM (SELECT array_agg(DISTINCT at ORDER BY at DESC) AS latest
                   FROM unnest(ARRAY[known.written_at, known.written_before, excluded.written_at, excluded.written_before]) AS at
                  WHERE at IS NOT NULL) AS all_of_them)
 WHERE known.written_at < excluded.written_at
    OR excluded.written_at < known.written_at AND (excluded.written_at <= known.written_before) IS NOT TRUE
    OR excluded.written_before < known.written_at AND (excluded.written_before <= known.written_before) IS NOT TRUE
