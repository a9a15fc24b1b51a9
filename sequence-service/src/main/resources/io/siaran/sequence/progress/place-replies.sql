-- Gives steps ($1), of which it is only known now that they were sent, the answer that came before that news: it was noted at the
-- step before, or at none. The caller holds the locks of their enrolments, and of these steps. A step before that a firing marks
-- at this moment keeps its answer: to wait for it could be a deadlock.
WITH sent AS (
  SELECT c.id, c.sent_at, e.last_reply_at, before.id AS before_id, before.replied_at AS before_replied_at, answers(c.sent_at, before.replied_at) AS moves,
    EXISTS (
      SELECT FROM sequence_contacts later
      WHERE later.enrolment_id = c.enrolment_id AND later.current_step > c.current_step AND later.message_id IS NOT NULL AND later.status = 'sent'
        AND answers(later.sent_at, e.last_reply_at)) AS overtaken
  FROM sequence_contacts c
  JOIN enrolments e ON e.id = c.enrolment_id
  LEFT JOIN LATERAL (
    SELECT b.id, b.replied_at FROM sequence_contacts b
    WHERE b.enrolment_id = c.enrolment_id AND b.current_step < c.current_step AND b.message_id IS NOT NULL AND b.status = 'sent'
    ORDER BY b.current_step DESC
    LIMIT 1) before ON true
  WHERE c.id = ANY ($1::uuid[]) AND c.status = 'sent' AND c.replied_at IS NULL AND answers(c.sent_at, e.last_reply_at)
),
giving AS (
  SELECT c.id FROM sequence_contacts c
  WHERE c.id IN (SELECT before_id FROM sent WHERE moves)
  FOR UPDATE OF c SKIP LOCKED
)
UPDATE sequence_contacts c
SET replied_at = placed.at
FROM (
  SELECT id, before_replied_at AS at FROM sent WHERE moves AND before_id IN (SELECT id FROM giving)
  UNION ALL
  SELECT id, NULL FROM giving
  UNION ALL
  SELECT id, last_reply_at FROM sent WHERE moves IS NOT TRUE AND NOT overtaken) placed
WHERE c.id = placed.id
