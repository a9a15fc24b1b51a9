-- Keeps that a person must not be written to, and nothing that says who it is. $1 user, $2 phone, $3 its keyed hash.
WITH gone AS (
  DELETE FROM suppressions WHERE user_id = $1::text AND phone = $2::text RETURNING user_id, reason, source, version, deleted, decided_at
)
INSERT INTO erased_people AS known (user_id, phone_hash, source, version, decided_at)
SELECT user_id, $3::text, source, version, decided_at FROM gone WHERE NOT deleted
ON CONFLICT (user_id, phone_hash) DO UPDATE SET version = greatest(known.version, excluded.version)
