-- Settles steps whose outcome has been unknown for $1 seconds ($2 rows at most), and locks their enrolments; of each user who has any an equal
-- share, so that nobody waits for somebody else's million; where there is not room for all of them, any. Fewer than $2 may come although
-- there are more. A user is found by one probe of the index, and what is set aside is not read before its time. SKIP LOCKED never
-- waits: an enrolment that another instance or an outcome is moving is left to it.
WITH RECURSIVE owners AS (
  SELECT min(user_id) AS user_id FROM sequence_contacts WHERE status = 'unknown' AND settled_at IS NULL
  UNION ALL
  SELECT (
    SELECT min(c.user_id) FROM sequence_contacts c
    WHERE c.status = 'unknown' AND c.settled_at IS NULL AND c.user_id > owners.user_id)
  FROM owners
  WHERE owners.user_id IS NOT NULL
),
shares AS MATERIALIZED (
  SELECT owners.user_id, ($2::integer + count(*) OVER () - 1) / count(*) OVER () AS most
  FROM owners
  CROSS JOIN LATERAL long_unknown_steps(owners.user_id, statement_timestamp() - make_interval(secs => $1), 1) has_some
),
waited AS (
  SELECT c.id, c.enrolment_id, c.unknown_since, s.on_unknown, p.next_trigger
  FROM (SELECT user_id, most FROM shares ORDER BY random()) shares
  CROSS JOIN LATERAL long_unknown_steps(shares.user_id, statement_timestamp() - make_interval(secs => $1), shares.most) theirs
  JOIN sequence_contacts c ON c.id = theirs.id AND c.status = 'unknown' AND c.settled_at IS NULL
  JOIN enrolments e ON e.id = c.enrolment_id AND e.status = 'open'
  JOIN sequences s ON s.id = c.sequence_id
  JOIN sequence_steps p ON p.id = c.step_id
  LIMIT $2::integer
  FOR UPDATE OF e, c SKIP LOCKED
)
UPDATE sequence_contacts c
SET settled_at = statement_timestamp(), changed_at = statement_timestamp()
FROM waited
WHERE c.id = waited.id
RETURNING waited.id, waited.enrolment_id, waited.unknown_since, waited.on_unknown, waited.next_trigger
