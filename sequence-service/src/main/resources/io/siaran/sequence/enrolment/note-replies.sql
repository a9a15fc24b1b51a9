-- Notes replies (as in find-replied.sql) at these enrolments ($4), whose locks the caller holds, and each at the step that was sent last
-- before it, as far as is known: the news of a send may come after the answer to it (place-replies.sql). The first
-- answer to a step counts. Reports count them. Safe to repeat.
WITH reply AS (
  SELECT e.id AS enrolment_id, told.at
  FROM unnest($1::text[], $2::text[], $3::timestamptz[]) AS told (user_id, phone, at)
  JOIN leads l ON l.user_id = told.user_id AND l.phone = told.phone
  JOIN enrolments e ON e.lead_id = l.id AND e.id = ANY ($4::uuid[]) AND e.entered_at <= told.at
),
answered AS (
  SELECT DISTINCT ON (last.id) last.id, reply.at
  FROM reply
  CROSS JOIN LATERAL (
    SELECT c.id, c.replied_at FROM sequence_contacts c
    WHERE c.enrolment_id = reply.enrolment_id AND c.message_id IS NOT NULL AND c.status = 'sent' AND answers(c.sent_at, reply.at)
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
)
UPDATE enrolments e
SET replied_at = least(e.replied_at, told.first), last_reply_at = greatest(e.last_reply_at, told.last)
FROM (SELECT enrolment_id, min(at) AS first, max(at) AS last FROM reply GROUP BY enrolment_id) told
WHERE e.id = told.enrolment_id
  AND (e.replied_at IS NULL OR told.first < e.replied_at OR told.last > e.last_reply_at)
