-- Every reason for which a lead ($2) does not enter a user's ($3) sequence ($1) now, and whether it is inside. No row where there
-- is no such sequence or lead. The same conditions as in find-eligible-leads.sql, one by one.
SELECT EXISTS (SELECT FROM enrolments e WHERE e.lead_id = l.id AND e.sequence_id = s.id AND e.status = 'open') AS inside,
  array_remove(ARRAY[
    CASE WHEN s.status <> 'active' THEN 'sequence_inactive' END,
    CASE WHEN NOT EXISTS (SELECT FROM entry_points p WHERE p.sequence_id = s.id) THEN 'no_entry_point' END,
    CASE WHEN l.deleted THEN 'lead_deleted' END,
    CASE WHEN x.phone IS NOT NULL THEN 'suppressed' END,
    CASE WHEN d.user_id <> l.user_id OR d.deleted THEN 'device_gone' END,
    CASE WHEN NOT EXISTS (
      SELECT FROM entry_points p JOIN lead_triggers t ON t.trigger = p.trigger AND t.lead_id = l.id
      WHERE p.sequence_id = s.id) THEN 'no_trigger' END,
    CASE WHEN NOT (s.niche IS NULL OR s.niche = ANY (l.niches)) THEN 'other_niche' END,
    CASE WHEN NOT (s.target_status = 'all' OR s.target_status = l.target_status) THEN 'other_status' END,
    CASE WHEN NOT s.allow_reentry AND EXISTS (
      SELECT FROM enrolments e WHERE e.lead_id = l.id AND e.sequence_id = s.id AND e.status <> 'open') THEN 'was_inside' END,
    CASE WHEN s.allow_reentry AND NOT EXISTS (
      SELECT FROM entry_points p JOIN lead_triggers t ON t.trigger = p.trigger AND t.lead_id = l.id
      WHERE p.sequence_id = s.id AND NOT EXISTS (
        SELECT FROM enrolments e
        WHERE e.lead_id = l.id AND e.sequence_id = s.id
          AND ((e.trigger = t.trigger AND e.assignment >= t.assignment) OR (e.tokens ->> t.trigger)::bigint >= t.assignment)))
      AND EXISTS (SELECT FROM enrolments e WHERE e.lead_id = l.id AND e.sequence_id = s.id) THEN 'no_newer_assignment' END,
    CASE WHEN s.one_person = 'once' AND EXISTS (
      SELECT FROM leads same JOIN enrolments e ON e.lead_id = same.id AND e.sequence_id = s.id
      WHERE same.user_id = l.user_id AND same.phone = l.phone AND same.id <> l.id
        AND (e.status = 'open' OR NOT s.allow_reentry)) THEN 'same_person_inside' END,
    CASE WHEN r.failures > 0 THEN 'review_failed' END
  ], NULL) AS reasons,
  r.lead_id IS NOT NULL AS under_review
FROM sequences s
JOIN leads l ON l.id = $2 AND l.user_id = s.user_id
LEFT JOIN devices d ON d.id = l.device_id
LEFT JOIN suppressions x ON x.user_id = l.user_id AND x.phone = l.phone AND NOT x.deleted
LEFT JOIN lead_reviews r ON r.lead_id = l.id
WHERE s.id = $1 AND s.user_id = $3 AND s.deleted_at IS NULL
