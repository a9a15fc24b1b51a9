-- Whose steps are due and how many, of the first $1 by their times. Costs what is due. Where they are all that is due, all their steps
-- are looked at; else users take turns (find-turns.sql).
SELECT user_id, count(*)::integer AS most
FROM (
  SELECT user_id FROM sequence_contacts
  WHERE status = 'active' AND fired_at IS NULL AND parked_for IS NULL
    AND greatest(next_trigger_time, set_aside_until) <= statement_timestamp()
    AND (lease_until IS NULL OR lease_until < statement_timestamp())
  ORDER BY greatest(next_trigger_time, set_aside_until), id
  LIMIT $1) first
GROUP BY user_id
