-- Opens enrolments. The unique keys decide, whoever else tries the same: gives the ids of those that were opened.
INSERT INTO enrolments
  (id, user_id, sequence_id, lead_id, trigger, assignment, tokens, person, entered_status, entry_step_id, time_zone, status,
   entered_at, chain_id, came_from)
SELECT entry.id, entry.user_id, entry.sequence_id, entry.lead_id, entry.trigger, entry.assignment,
  coalesce((
    SELECT jsonb_object_agg(t.trigger, t.assignment)
    FROM lead_triggers t
    JOIN entry_points p ON p.user_id = t.user_id AND p.trigger = t.trigger AND p.sequence_id = entry.sequence_id
    WHERE t.lead_id = entry.lead_id), '{}'),
  CASE s.one_person WHEN 'once' THEN l.phone END, l.target_status, step_id, entry.time_zone, 'open', entered_at,
  coalesce(chain_id, entry.id), came_from
FROM unnest($1::uuid[], $2::text[], $3::uuid[], $4::uuid[], $5::text[], $6::bigint[], $7::uuid[], $8::text[], $9::timestamptz[], $10::uuid[], $11::uuid[])
  AS entry (id, user_id, sequence_id, lead_id, trigger, assignment, step_id, time_zone, entered_at, chain_id, came_from)
JOIN sequences s ON s.id = entry.sequence_id
JOIN leads l ON l.id = entry.lead_id
-- One order of persons for everybody: two reviews of the same people as other leads never wait for each other in a circle.
ORDER BY entry.sequence_id, l.phone, entry.id
ON CONFLICT DO NOTHING
RETURNING id
