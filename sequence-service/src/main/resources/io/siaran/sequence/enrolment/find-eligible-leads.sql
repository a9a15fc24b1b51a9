-- Which of these leads ($1) may enter which sequence, by which assignment, and at which step. Of several entry points
-- that fit at once, the first of the timeline. Who was in the sequence before needs allow_reentry and an assignment that
-- is newer than every one that the lead carried on entering. A device that is not known yet keeps nobody out; one of somebody else does.
-- Whom somebody asked to be let in enters without a trigger, whatever niche and status it has: where the sequence begins by now.
SELECT DISTINCT ON (l.id, s.id)
  l.id AS lead_id, l.user_id, s.id AS sequence_id, s.entry_version, t.step_id, t.trigger, t.assignment,
  coalesce(s.time_zone, d.time_zone, $2) AS time_zone,
  statement_timestamp() AS entered_at,
  before.id AS came_from, before.chain_id
FROM leads l
CROSS JOIN LATERAL (
  SELECT p.sequence_id, p.step_id, carried.trigger, carried.assignment, p.day_number, p.position
  FROM lead_triggers carried
  JOIN entry_points p ON p.user_id = l.user_id AND p.trigger = carried.trigger AND p.open
  WHERE carried.lead_id = l.id
  UNION ALL
  SELECT asked.sequence_id, first.id, NULL, NULL, NULL, NULL
  FROM requested_entries asked
  CROSS JOIN LATERAL (
    SELECT p.id
    FROM sequence_steps p
    WHERE p.sequence_id = asked.sequence_id AND p.is_entry_point AND p.removed_at IS NULL
    ORDER BY p.day_number, p.position
    LIMIT 1) first
  WHERE asked.lead_id = l.id
) t
JOIN sequences s ON s.id = t.sequence_id AND s.user_id = l.user_id AND s.status = 'active' AND s.deleted_at IS NULL
LEFT JOIN devices d ON d.id = l.device_id
-- The enrolment whose end gave the lead this trigger, unless it led into this sequence already.
LEFT JOIN LATERAL (
  SELECT e.id, e.chain_id
  FROM enrolments e
  WHERE e.lead_id = l.id AND e.chained_to = t.trigger
    AND NOT EXISTS (
      SELECT FROM enrolments later
      WHERE later.lead_id = l.id AND later.sequence_id = s.id AND later.came_from = e.id)
  ORDER BY e.ended_at DESC
  LIMIT 1
) before ON true
WHERE l.id = ANY ($1::uuid[])
  AND NOT l.deleted
  AND (d.id IS NULL OR (d.user_id = l.user_id AND NOT d.deleted))
  AND (t.trigger IS NULL OR s.niche IS NULL OR s.niche = ANY (l.niches))
  AND (t.trigger IS NULL OR s.target_status = 'all' OR s.target_status = l.target_status)
  AND NOT EXISTS (
    SELECT FROM suppressions x WHERE x.user_id = l.user_id AND x.phone = l.phone AND NOT x.deleted)
  AND NOT EXISTS (
    SELECT FROM enrolments e
    WHERE e.lead_id = l.id AND e.sequence_id = s.id
      AND (NOT s.allow_reentry OR e.status = 'open' OR (e.trigger = t.trigger AND e.assignment >= t.assignment)
        OR (e.tokens ->> t.trigger)::bigint >= t.assignment))
  -- Another lead that is the same person, inside or through already.
  AND NOT (s.one_person = 'once' AND EXISTS (
    SELECT FROM leads same
    JOIN enrolments e ON e.lead_id = same.id AND e.sequence_id = s.id
    WHERE same.user_id = l.user_id AND same.phone = l.phone AND same.id <> l.id
      AND (e.status = 'open' OR NOT s.allow_reentry)))
ORDER BY l.id, s.id, t.day_number, t.position, t.trigger
