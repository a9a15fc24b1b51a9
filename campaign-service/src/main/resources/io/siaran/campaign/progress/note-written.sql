-- Notes when the people behind these leads were written to, each of whom may have several leads: the latest time stays.
-- $1 users, $2 leads, $3 times. In the order of the key, so that two writers never wait for each other; what is delivered or
-- read later says the same time again, and writes nothing.
INSERT INTO written_people AS known (user_id, phone, written_at)
SELECT l.user_id, l.phone, max(told.at)
  FROM unnest($1::text[], $2::uuid[], $3::timestamptz[]) AS told (user_id, lead_id, at)
  JOIN leads l ON l.user_id = told.user_id AND l.id = told.lead_id
 GROUP BY l.user_id, l.phone
 ORDER BY l.user_id, l.phone
ON CONFLICT (user_id, phone) DO UPDATE SET written_at = excluded.written_at
 WHERE known.written_at < excluded.written_at
