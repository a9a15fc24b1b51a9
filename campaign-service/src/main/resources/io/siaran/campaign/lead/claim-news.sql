-- Takes the next leads whose snapshot is to be published, for a minute; others take others. $1 at most so many.
UPDATE lead_news n
   SET claimed_to = clock_timestamp() + interval '1 minute'
  FROM (SELECT user_id, lead_id FROM lead_news
         WHERE claimed_to < clock_timestamp()
         ORDER BY user_id, lead_id
         LIMIT $1
           FOR UPDATE SKIP LOCKED) free
 WHERE n.user_id = free.user_id AND n.lead_id = free.lead_id
RETURNING n.user_id, n.lead_id
