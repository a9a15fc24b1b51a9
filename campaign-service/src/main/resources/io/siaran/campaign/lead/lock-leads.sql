-- Locks first, reads after: a read in the same statement would wait for the row and yet see its triggers as they were
-- before. In the order of the key, so that two batches never wait for each other.
SELECT id
  FROM leads
 WHERE (user_id, id) IN (SELECT * FROM unnest($1::text[], $2::uuid[]))
 ORDER BY user_id, id
   FOR UPDATE
