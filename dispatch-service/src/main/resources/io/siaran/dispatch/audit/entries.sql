-- What was done to what belongs to a user ($1), newest first; what an administrator did to everybody is among it.
SELECT id, at, by_user, action, subject, subject_id, before, after
FROM audit_entries
WHERE (user_id = $1 OR user_id IS NULL) AND ($2::text[] IS NULL OR action = ANY ($2)) AND ($3::text IS NULL OR subject_id = $3)
  AND ($4::text IS NULL OR by_user = $4) AND ($5::timestamptz IS NULL OR at >= $5) AND ($6::timestamptz IS NULL OR at < $6)
  AND ($7::uuid IS NULL OR id < $7)
ORDER BY id DESC
LIMIT $8
