-- Takes replies of these users ($1) that are to be looked at again, at most $2, the oldest look first: what is settled does not come
-- back. Whoever else looks takes others.
WITH due AS (
  SELECT user_id, device_id, phone, replied_at
    FROM early_replies
   WHERE look_at <= clock_timestamp() AND user_id = ANY ($1::text[])
   ORDER BY look_at
   LIMIT $2
     FOR UPDATE SKIP LOCKED)
DELETE FROM early_replies e USING due
 WHERE e.user_id = due.user_id AND e.device_id = due.device_id AND e.phone = due.phone AND e.replied_at = due.replied_at
RETURNING e.user_id, e.device_id, e.phone, e.replied_at AS at, e.heard_at, e.campaign_id, e.run
