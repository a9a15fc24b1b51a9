-- Notes replies (as in find-replied.sql) at these enrolments ($4), whose locks the caller holds: each at the step that was sent last before
-- it, the first one of a step counts. Reports count them.
WITH answered AS (
  SELECT DISTINCT ON (last.id) last.id, reply.at
  FROM unnest($1::text[], $2::text[], $3::timestamptz[]) AS reply (user_id, phone, at)
  JOIN leads l ON l.user_id = reply.user_id AND l.phone = reply.phone
  JOIN enrolments e ON e.lead_id = l.id AND e.id = ANY ($4::uuid[]) AND e.entered_at <= reply.at
  CROSS JOIN LATERAL (
    SELECT c.id, c.replied_at FROM sequence_contacts c
    WHERE c.enrolment_id = e.id AND c.status = 'sent' AND c.sent_at <= reply.at
    ORDER BY c.current_step DESC
    LIMIT 1) last
  WHERE last.replied_at IS NULL
  ORDER BY last.id, reply.at
),
locked AS (
  SELECT c.id, answered.at
  FROM sequence_contacts c
  JOIN answered ON answered.id = c.id
  ORDER BY c.id
  FOR UPDATE OF c
),
noted AS (
  UPDATE sequence_contacts c
  SET replied_at = locked.at
  FROM locked
  WHERE c.id = locked.id
  RETURNING c.enrolment_id, c.replied_at
)
UPDATE enrolments e
SET replied_at = first.at
FROM (SELECT enrolment_id, min(replied_at) AS at FROM noted GROUP BY enrolment_id) first
WHERE e.id = first.enrolment_id AND e.replied_at IS NULL
