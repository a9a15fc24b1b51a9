-- Stores snapshots of suppressions, unless a version at least as high is there, and asks for a review of each lead of the
-- numbers concerned that carries a trigger, is in a sequence, or was asked in and so may be let in at this moment. Safe to repeat. Firing looks at suppressions again.
WITH changed AS (
  INSERT INTO suppressions AS known (user_id, phone, version, deleted)
  SELECT user_id, phone, version, deleted
  FROM unnest($1::text[], $2::text[], $3::bigint[], $4::boolean[]) AS given (user_id, phone, version, deleted)
  ORDER BY user_id, phone
  ON CONFLICT (user_id, phone) DO UPDATE SET version = excluded.version, deleted = excluded.deleted
  WHERE known.version < excluded.version
  RETURNING user_id, phone
)
INSERT INTO lead_reviews AS known (lead_id, user_id, rank)
SELECT l.id, l.user_id,
  CASE WHEN EXISTS (SELECT FROM enrolments e WHERE e.lead_id = l.id AND e.status = 'open') THEN 1 ELSE 2 END
FROM changed
JOIN leads l ON l.user_id = changed.user_id AND l.phone = changed.phone
WHERE EXISTS (SELECT FROM lead_triggers t WHERE t.lead_id = l.id)
  OR EXISTS (SELECT FROM requested_entries asked WHERE asked.lead_id = l.id)
  OR EXISTS (SELECT FROM enrolments e WHERE e.lead_id = l.id AND e.status = 'open')
ORDER BY 1
ON CONFLICT (lead_id) DO UPDATE SET
  rank = least(known.rank, excluded.rank), due_at = CASE WHEN known.failures > 0 THEN excluded.due_at ELSE known.due_at END
WHERE known.failures > 0 OR known.rank > excluded.rank
