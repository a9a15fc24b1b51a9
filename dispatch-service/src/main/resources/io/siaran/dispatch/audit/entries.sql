-- What was done to what belongs to a user ($1), newest first; what an administrator did to everybody is among it. Each half comes
-- in the order of its index and stops at the page. Ids begin with their times, by the clock of who wrote them: a day more on each side
-- bounds the index, and the time itself is looked at. {subject} is a condition on $3, a subject or null.
WITH bounds AS (
  SELECT
    coalesce($7::uuid, CASE WHEN $6::timestamptz IS NOT NULL
      THEN first_id(greatest(($6::timestamptz AT TIME ZONE 'UTC')::date + 2, date '1970-01-01')) END,
      'ffffffff-ffff-ffff-ffff-ffffffffffff') AS below,
    first_id(greatest(($5::timestamptz AT TIME ZONE 'UTC')::date - 1, date '1970-01-01')) AS above
)
SELECT e.id, e.at, e.by_user, e.action, e.subject, e.subject_id, e.before, e.after
FROM bounds AS b
CROSS JOIN LATERAL (
  (SELECT * FROM audit_entries
   WHERE user_id = $1 AND id < b.below AND id >= b.above AND ($2::text[] IS NULL OR action = ANY ($2))
     AND {subject} AND ($4::text IS NULL OR by_user = $4)
     AND ($5::timestamptz IS NULL OR at >= $5) AND ($6::timestamptz IS NULL OR at < $6)
   ORDER BY id DESC LIMIT $8)
  UNION ALL
  (SELECT * FROM audit_entries
   WHERE user_id IS NULL AND id < b.below AND id >= b.above AND ($2::text[] IS NULL OR action = ANY ($2))
     AND {subject} AND ($4::text IS NULL OR by_user = $4)
     AND ($5::timestamptz IS NULL OR at >= $5) AND ($6::timestamptz IS NULL OR at < $6)
   ORDER BY id DESC LIMIT $8)
) AS e
ORDER BY e.id DESC
LIMIT $8
