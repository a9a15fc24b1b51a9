-- Sequences of which somebody waits for a step by an older plan than they have now, with no message of it out, in any order. A walk that
-- could not be planned anew by some plan is left alone until there is a newer one, or its time has come. Every sequence has such walks
-- only for a moment after an edit, so each look is two probes a sequence of indexes that hold nothing else before them; the order is theirs, and no
-- other index can give it: without it a look read whoever waits for anything.
SELECT s.id, s.user_id, s.plan_version
FROM sequences s
CROSS JOIN LATERAL (
  (SELECT 1
   FROM sequence_contacts c
   WHERE c.sequence_id = s.id AND c.status = 'active' AND c.fired_at IS NULL AND NOT c.went_out AND c.processing_device_id IS NULL
     AND coalesce(c.plan_tried, c.plan_version) < s.plan_version
   ORDER BY coalesce(c.plan_tried, c.plan_version)
   LIMIT 1)
  UNION ALL
  (SELECT 1
   FROM sequence_contacts c
   WHERE c.sequence_id = s.id AND c.status = 'active' AND c.fired_at IS NULL AND NOT c.went_out AND c.processing_device_id IS NULL
     AND c.plan_tried IS NOT NULL AND c.set_aside_until <= statement_timestamp()
   ORDER BY c.set_aside_until
   LIMIT 1)
  LIMIT 1) waiting
WHERE s.deleted_at IS NULL
ORDER BY random()
