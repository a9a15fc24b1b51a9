-- Settles the steps whose outcome has been unknown for $1 seconds ($2 rows at most), and locks their enrolments. SKIP LOCKED
-- never waits: an enrolment that another instance or an outcome is moving is left to it.
WITH waited AS (
  SELECT c.id, c.enrolment_id, c.unknown_since, s.on_unknown, p.next_trigger
  FROM sequence_contacts c
  JOIN enrolments e ON e.id = c.enrolment_id AND e.status = 'open'
  JOIN sequences s ON s.id = c.sequence_id
  JOIN sequence_steps p ON p.id = c.step_id
  WHERE c.status = 'unknown' AND c.settled_at IS NULL
    AND c.unknown_since <= statement_timestamp() - make_interval(secs => $1)
    AND (c.set_aside_until IS NULL OR c.set_aside_until < statement_timestamp())
  ORDER BY c.unknown_since
  LIMIT $2
  FOR UPDATE OF e, c SKIP LOCKED
)
UPDATE sequence_contacts c
SET settled_at = statement_timestamp()
FROM waited
WHERE c.id = waited.id
RETURNING waited.id, waited.enrolment_id, waited.unknown_since, waited.on_unknown, waited.next_trigger
