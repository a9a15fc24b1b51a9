-- Forgets those of these devices and sequences ($1, of users $2) for which nothing is parked. The caller holds their locks.
DELETE FROM parkings k
USING unnest($1::uuid[], $2::text[]) AS cleared (parked_for, user_id)
WHERE k.parked_for = cleared.parked_for AND k.user_id = cleared.user_id
  AND NOT EXISTS (SELECT FROM sequence_contacts c WHERE c.parked_for = k.parked_for AND c.user_id = k.user_id)
