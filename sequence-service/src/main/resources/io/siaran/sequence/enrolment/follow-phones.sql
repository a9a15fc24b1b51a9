-- Who is inside under a phone that the lead ($1) no longer has is so under the new one, and the old one is free for somebody else to
-- enter with. Whose new phone is inside already has left before, or is taken for that one (R__walks_twice.sql).
WITH corrected AS (
  SELECT e.id, l.phone
  FROM enrolments e
  JOIN leads l ON l.id = e.lead_id
  WHERE e.lead_id = ANY ($1::uuid[]) AND e.status = 'open' AND e.person <> l.phone
    AND NOT EXISTS (
      SELECT FROM enrolments other
      WHERE other.sequence_id = e.sequence_id AND other.person = l.phone AND other.status = 'open')
  ORDER BY e.id
  FOR UPDATE OF e
)
UPDATE enrolments e
SET person = corrected.phone
FROM corrected
WHERE e.id = corrected.id
