-- Asks for a review of the changed leads ($1) that are in a sequence, carried a trigger, carry one now ($2), or were asked in: nobody
-- else can leave or enter. Whom a review lets in at this moment is not seen inside yet, but was seen to be asked in: one or the other
-- is always there, for the review deletes the request as it opens the walk. Who is inside comes first, for it may have to leave. Waits for a review of the same lead that is
-- under way, and is then reviewed again.
INSERT INTO lead_reviews AS known (lead_id, user_id, rank)
SELECT l.id, l.user_id,
  CASE WHEN EXISTS (SELECT FROM enrolments e WHERE e.lead_id = l.id AND e.status = 'open') THEN 1 ELSE 2 END
FROM leads l
WHERE l.id IN (
  SELECT lead_id FROM lead_triggers WHERE lead_id = ANY ($1::uuid[])
  UNION
  SELECT lead_id FROM enrolments WHERE lead_id = ANY ($1::uuid[]) AND status = 'open'
  UNION
  SELECT lead_id FROM requested_entries WHERE lead_id = ANY ($1::uuid[])
  UNION
  SELECT unnest($2::uuid[]))
ORDER BY 1
ON CONFLICT (lead_id) DO UPDATE SET
  rank = least(known.rank, excluded.rank), due_at = CASE WHEN known.failures > 0 THEN excluded.due_at ELSE known.due_at END
WHERE known.failures > 0 OR known.rank > excluded.rank
