-- Suppresses people, and answers those who were not suppressed before: who is stays as they are, and nobody is told anew.
-- $1 users, $2 phones, $3 reasons, $4 sources, $5 when each was said. In the order of the key, so that two writers never wait for each
-- other.
-- Of a person's words the one that was written last holds, in whatever order and however late they are taken in: a decision is of the
-- time at which it was said, so that lift.sql knows a later START, and a STOP from before a START that is known suppresses nobody. A
-- clock that goes ahead dates no decision into the future.
-- The first version is the time: of somebody who was erased no version is known any more, and whoever still has an old one takes this
-- one for newer.
INSERT INTO suppressions AS known (user_id, phone, reason, source, decided_at, version)
SELECT DISTINCT ON (user_id, phone) user_id, phone, reason, source, least(said_at, clock_timestamp()),
       (extract(epoch FROM clock_timestamp()) * 1000)::bigint
  FROM unnest($1::text[], $2::text[], $3::text[], $4::text[], $5::timestamptz[]) AS asked (user_id, phone, reason, source, said_at)
 WHERE asked.source <> 'reply'
    OR NOT EXISTS (
       SELECT FROM opt_out_replies r
        WHERE r.user_id = asked.user_id AND r.phone = asked.phone AND r.verdict = 'start'
          AND least(r.written_at, r.taken_at) > asked.said_at)
 ORDER BY user_id, phone
ON CONFLICT (user_id, phone) DO UPDATE
   SET reason = excluded.reason, source = excluded.source, version = greatest(known.version + 1, excluded.version), deleted = false,
       decided_at = excluded.decided_at, updated_at = clock_timestamp()
 WHERE known.deleted
RETURNING user_id, phone, reason, source, version, deleted, decided_at, updated_at
