-- Lets people be written to again, and answers those who were suppressed. What an operator decided only an operator lifts.
-- $1 users, $2 phones, $3 whether an operator asks, $4 when it was asked for: an older wish than the last decision is none.
-- Dated by what was said, as in suppress.sql, however late it is taken in: dated by the clock, a START would look decided after a STOP
-- that the person wrote since and that waits to be taken in, and the gateway would no longer hold what is for them.
-- Nobody is let go who is being erased: the services wait for the suppression before they erase.
UPDATE suppressions s
   SET deleted = true, version = version + 1, decided_at = least(a.asked_at, clock_timestamp()), updated_at = clock_timestamp()
  FROM (SELECT DISTINCT user_id, phone, by_operator, asked_at
          FROM unnest($1::text[], $2::text[], $3::boolean[], $4::timestamptz[]) AS asked (user_id, phone, by_operator, asked_at)) a
 WHERE s.user_id = a.user_id AND s.phone = a.phone
   AND NOT s.deleted
   AND (a.by_operator OR s.source = 'reply')
   AND s.decided_at <= a.asked_at
   AND NOT EXISTS (
       SELECT FROM person_requests e
        WHERE e.user_id = s.user_id AND e.phone = s.phone AND e.wish = 'erase' AND e.ended_at IS NULL)
RETURNING s.user_id, s.phone, s.reason, s.source, s.version, s.deleted, s.decided_at, s.updated_at
