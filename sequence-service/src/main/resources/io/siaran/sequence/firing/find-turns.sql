-- Everybody who has a step that is due, each found by one probe of the index, and an equal share of $1 steps: nobody waits for somebody
-- else's million.
WITH RECURSIVE waiting AS (
  (SELECT user_id, greatest(next_trigger_time, set_aside_until) AS due_at
   FROM sequence_contacts
   WHERE status = 'active' AND fired_at IS NULL AND parked_for IS NULL
   ORDER BY user_id, greatest(next_trigger_time, set_aside_until)
   LIMIT 1)
  UNION ALL
  SELECT next.user_id, next.due_at
  FROM waiting
  CROSS JOIN LATERAL (
    SELECT c.user_id, greatest(c.next_trigger_time, c.set_aside_until) AS due_at
    FROM sequence_contacts c
    WHERE c.status = 'active' AND c.fired_at IS NULL AND c.parked_for IS NULL AND c.user_id > waiting.user_id
    ORDER BY c.user_id, greatest(c.next_trigger_time, c.set_aside_until)
    LIMIT 1) next
)
SELECT user_id, (($1::int + count(*) OVER () - 1) / count(*) OVER ())::integer AS most
FROM waiting
WHERE due_at <= statement_timestamp()
