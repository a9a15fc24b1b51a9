-- Who is suppressed by their own word and is so once more, by themselves or by an operator, is so since then: a START from before it
-- lifts nothing. What an operator decided no START lifts anyway. $1 users, $2 phones, $3 when each was said.
-- After suppress.sql, which locked the rows in their order.
UPDATE suppressions s
   SET decided_at = a.said_at, updated_at = clock_timestamp()
  FROM (SELECT user_id, phone, least(max(said_at), clock_timestamp()) AS said_at
          FROM unnest($1::text[], $2::text[], $3::timestamptz[]) AS asked (user_id, phone, said_at)
         GROUP BY user_id, phone) a
 WHERE s.user_id = a.user_id AND s.phone = a.phone
   AND NOT s.deleted AND s.source = 'reply'
   AND s.decided_at < a.said_at
