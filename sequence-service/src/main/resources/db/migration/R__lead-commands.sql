-- The id of the command about a lead's trigger that the end of a walk gives: the same of the same walk, so that campaign-service takes one
-- that is told again for the one that it knows.
--   what: remove or add
CREATE OR REPLACE FUNCTION lead_command_id(walk uuid, what text) RETURNS uuid LANGUAGE sql IMMUTABLE
  RETURN md5(what || ':' || walk)::uuid;

-- The newest assignment of a trigger that any walk of the lead goes back to, or 0: a later one will let the lead in as it is.
CREATE OR REPLACE FUNCTION used_up_to(lead uuid, token text) RETURNS TABLE (assignment bigint) LANGUAGE sql STABLE AS $$
  SELECT coalesce(max(greatest(CASE WHEN known.trigger = token THEN known.assignment END, (known.tokens ->> token)::bigint)), 0)
  FROM enrolments known
  WHERE known.lead_id = lead
$$;
