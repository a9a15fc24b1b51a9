-- Whoever was erased and comes again must not be written to: the suppression gets its phone back, and the caller tells it.
-- $1 users, $2 phones, $3 their keyed hashes. In the order of the key.
WITH known AS (
  DELETE FROM erased_people AS e
   USING (SELECT DISTINCT * FROM unnest($1::text[], $2::text[], $3::text[]) AS k (user_id, phone, phone_hash)) AS k
   WHERE e.user_id = k.user_id AND e.phone_hash = k.phone_hash
  RETURNING e.user_id, k.phone, e.source, e.version, e.decided_at
)
INSERT INTO suppressions AS s (user_id, phone, reason, source, version, decided_at)
SELECT user_id, phone, 'was erased', source, version + 1, decided_at FROM known ORDER BY user_id, phone
ON CONFLICT (user_id, phone) DO UPDATE
   SET deleted = false, version = greatest(s.version, excluded.version) + 1, updated_at = clock_timestamp()
 WHERE s.deleted
RETURNING user_id, phone, reason, decided_at, version, deleted
