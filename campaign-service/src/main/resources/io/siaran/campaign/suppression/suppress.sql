-- Suppresses people, and answers those who were not suppressed before: who is stays as they are, and nobody is told anew.
-- $1 users, $2 phones, $3 reasons, $4 sources. In the order of the key, so that two writers never wait for each other.
-- The first version is the time: of somebody who was erased no version is known any more, and whoever still has an old one takes this
-- one for newer.
INSERT INTO suppressions AS known (user_id, phone, reason, source, version)
SELECT DISTINCT ON (user_id, phone) user_id, phone, reason, source, (extract(epoch FROM clock_timestamp()) * 1000)::bigint
  FROM unnest($1::text[], $2::text[], $3::text[], $4::text[]) AS asked (user_id, phone, reason, source)
 ORDER BY user_id, phone
ON CONFLICT (user_id, phone) DO UPDATE
   SET reason = excluded.reason, source = excluded.source, version = greatest(known.version + 1, excluded.version), deleted = false,
       decided_at = clock_timestamp()
 WHERE known.deleted
RETURNING user_id, phone, reason, source, version, deleted, decided_at
