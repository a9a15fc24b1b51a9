-- Locks the leads of these devices and phones, as lock-leads.sql does. $1 user, $2 devices, $3 phones.
SELECT l.id
  FROM unnest($2::uuid[], $3::text[]) AS k (device_id, phone)
  JOIN leads l ON l.user_id = $1 AND l.device_id = k.device_id AND l.phone = k.phone AND NOT l.deleted
 ORDER BY l.user_id, l.id
   FOR UPDATE OF l
