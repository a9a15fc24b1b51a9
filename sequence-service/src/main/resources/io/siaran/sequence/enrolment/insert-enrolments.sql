-- Opens enrolments. The unique keys decide, whoever else tries the same: gives the ids of those that were opened.
INSERT INTO enrolments
  (id, user_id, sequence_id, lead_id, trigger, assignment, entry_step_id, time_zone, status, entered_at, chain_id, came_from)
SELECT id, user_id, sequence_id, lead_id, trigger, assignment, step_id, time_zone, 'open', entered_at, coalesce(chain_id, id), came_from
FROM unnest($1::uuid[], $2::text[], $3::uuid[], $4::uuid[], $5::text[], $6::bigint[], $7::uuid[], $8::text[], $9::timestamptz[], $10::uuid[], $11::uuid[])
  AS entry (id, user_id, sequence_id, lead_id, trigger, assignment, step_id, time_zone, entered_at, chain_id, came_from)
ON CONFLICT DO NOTHING
RETURNING id
