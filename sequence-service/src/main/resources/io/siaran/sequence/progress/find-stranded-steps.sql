-- Steps that ended with their device and may go out from another ($1 at most); of each user who has any an equal share, so that nobody waits
-- for somebody else's million; where there is not room for all of them, any. Fewer than $1 may come although there are more. A user is found by one probe of the index. Locks the steps and
-- their enrolments first-come: SKIP LOCKED leaves to others what they are moving.
WITH RECURSIVE owners AS (
  SELECT min(user_id) AS user_id FROM sequence_contacts WHERE status = 'cancelled' AND settled_at IS NULL
  UNION ALL
  SELECT (
    SELECT min(c.user_id) FROM sequence_contacts c
    WHERE c.status = 'cancelled' AND c.settled_at IS NULL AND c.user_id > owners.user_id)
  FROM owners
  WHERE owners.user_id IS NOT NULL
),
able AS MATERIALIZED (
  SELECT owners.user_id
  FROM owners
  CROSS JOIN LATERAL (SELECT FROM steps_to_send_again s WHERE s.user_id = owners.user_id LIMIT 1) has_some
)
SELECT c.id
FROM (SELECT user_id FROM able ORDER BY random()) able
CROSS JOIN LATERAL (
  SELECT s.id FROM steps_to_send_again s
  WHERE s.user_id = able.user_id
  ORDER BY s.id
  LIMIT (SELECT ($1::integer + count(*) - 1) / count(*) FROM able)) theirs
JOIN sequence_contacts c ON c.id = theirs.id AND c.status = 'cancelled' AND c.settled_at IS NULL AND NOT c.in_doubt
JOIN enrolments e ON e.id = c.enrolment_id AND e.status = 'open'
LIMIT $1::integer
FOR UPDATE OF e, c SKIP LOCKED
