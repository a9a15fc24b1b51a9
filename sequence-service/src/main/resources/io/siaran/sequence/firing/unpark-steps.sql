-- Frees steps ($3 at most) that are parked for what is there again ($1, of users $2), the caller holding the locks of that. One that another
-- transaction works on is freed at the next look.
WITH freed AS (
  SELECT c.id
  FROM unnest($1::uuid[], $2::text[]) AS cleared (parked_for, user_id)
  JOIN sequence_contacts c ON c.parked_for = cleared.parked_for AND c.user_id = cleared.user_id
  LIMIT $3
  FOR UPDATE OF c SKIP LOCKED
)
UPDATE sequence_contacts c
SET parked_for = NULL
FROM freed
WHERE c.id = freed.id
