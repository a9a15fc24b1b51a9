-- The id_day to check next, round and round over all that have messages or counts of them; null where none has. Days of
-- months that were dropped are left out, also where an older month stayed for something open in it: of those, counts are
-- all there is.
WITH kept AS (
  SELECT date_trunc('month', id_day(id))::date AS since FROM broadcast_messages ORDER BY id LIMIT 1
),
last AS (
  SELECT greatest(c.last_day, k.since - 1) AS day, k.since - 1 AS start FROM count_check AS c CROSS JOIN kept AS k
)
SELECT coalesce(further.day, first.day) AS day
FROM last
CROSS JOIN LATERAL (SELECT least(
  (SELECT id_day FROM message_counts AS c WHERE id_day > last.day
     AND NOT EXISTS (SELECT FROM dropped_months AS d WHERE d.month = date_trunc('month', c.id_day)::date)
   ORDER BY id_day LIMIT 1),
  (SELECT id_day(id) FROM broadcast_messages WHERE id >= first_id(last.day + 1) ORDER BY id LIMIT 1)) AS day) AS further
CROSS JOIN LATERAL (SELECT least(
  (SELECT id_day FROM message_counts AS c WHERE id_day > last.start
     AND NOT EXISTS (SELECT FROM dropped_months AS d WHERE d.month = date_trunc('month', c.id_day)::date)
   ORDER BY id_day LIMIT 1),
  (SELECT id_day(id) FROM broadcast_messages WHERE id >= first_id(last.start + 1) ORDER BY id LIMIT 1)) AS day) AS first
