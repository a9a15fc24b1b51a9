-- Steps of a user that have been unknown since a moment or longer, of walks that are open, so many at most: those first that were never set
-- aside, by when they became unknown, then those whose time has come again. Both are stretches of one index.
CREATE OR REPLACE FUNCTION long_unknown_steps(of_user text, since timestamptz, most bigint)
  RETURNS TABLE (id uuid)
  LANGUAGE sql STABLE AS $$
  (SELECT c.id
   FROM sequence_contacts c
   JOIN enrolments e ON e.id = c.enrolment_id AND e.status = 'open'
   WHERE c.status = 'unknown' AND c.settled_at IS NULL AND c.user_id = of_user
     AND c.set_aside_until IS NULL AND c.unknown_since <= since
   ORDER BY c.unknown_since
   LIMIT most)
  UNION ALL
  (SELECT c.id
   FROM sequence_contacts c
   JOIN enrolments e ON e.id = c.enrolment_id AND e.status = 'open'
   WHERE c.status = 'unknown' AND c.settled_at IS NULL AND c.user_id = of_user
     AND c.set_aside_until <= statement_timestamp() AND c.unknown_since <= since
   ORDER BY c.set_aside_until
   LIMIT most)
  LIMIT most
$$;
