-- Whoever was erased and is to be written to again must not be: the suppression gets its phone back, for as long as somebody has
-- the phone. What was decided after the erasure stands: an opt-out that was lifted since then is not taken back.
-- $1 users, $2 phones, $3 their keyed hashes.
WITH known AS (
  DELETE FROM erased_people AS e
  USING (SELECT DISTINCT * FROM unnest($1::text[], $2::text[], $3::text[]) AS k (user_id, phone, phone_hash)) AS k
  WHERE e.user_id = k.user_id AND e.phone_hash = k.phone_hash
  RETURNING e.user_id, k.phone, e.version
)
INSERT INTO suppressions AS s (user_id, phone, version, deleted)
SELECT user_id, phone, version, false FROM known ORDER BY user_id, phone
ON CONFLICT (user_id, phone) DO UPDATE SET deleted = false, version = excluded.version
WHERE s.deleted AND s.version <= excluded.version
