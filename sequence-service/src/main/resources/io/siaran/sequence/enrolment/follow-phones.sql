-- Who is inside under a phone that the lead ($1) no longer has is so under the new one, and the old one is free for somebody else to
-- enter with. Whose new phone is inside already has left before, or is taken for that one (R__walks-twice.sql). The caller holds the locks.
UPDATE enrolments e
SET person = l.phone
FROM leads l
WHERE l.id = e.lead_id AND e.lead_id = ANY ($1::uuid[]) AND e.status = 'open' AND e.person <> l.phone
  AND NOT EXISTS (
    SELECT FROM enrolments other
    WHERE other.sequence_id = e.sequence_id AND other.person = l.phone AND other.status = 'open')
