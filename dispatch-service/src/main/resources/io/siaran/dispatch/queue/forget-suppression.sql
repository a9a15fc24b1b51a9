-- Keeps that a person must not be written to, and nothing that says who it is. $1 user, $2 phone, $3 its keyed hash.
WITH gone AS (
  DELETE FROM suppressions WHERE user_id = $1::text AND phone = $2::text RETURNING user_id, version, deleted
),
reconciled AS (
  DELETE FROM reconciliations WHERE subject = 'person' AND key = $1::text || ':' || $2::text
)
INSERT INTO erased_people AS known (user_id, phone_hash, version)
SELECT user_id, $3::text, version FROM gone WHERE NOT deleted
ON CONFLICT (user_id, phone_hash) DO UPDATE SET
  version = greatest(known.version, excluded.version), erased_at = excluded.erased_at
