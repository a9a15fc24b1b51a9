-- Whether what let a lead into a sequence still holds: the lead carries that very assignment; or another sequence that the
-- same assignment began took it off by its end; or no trigger let the lead in, but the API. Asked by the review and by the
-- firing, so that the two never differ. It gives a table of one row, because PostgreSQL plans that as a part of the query
-- (as a value it is called once for each row).
DROP FUNCTION IF EXISTS still_caused(uuid, text, bigint);
CREATE FUNCTION still_caused(lead uuid, token text, number bigint) RETURNS TABLE (holds boolean) LANGUAGE sql STABLE AS $$
  SELECT token IS NULL
    OR EXISTS (SELECT FROM lead_triggers t WHERE t.lead_id = lead AND t.trigger = token AND t.assignment = number)
    OR EXISTS (
      SELECT FROM enrolments done
      WHERE done.lead_id = lead AND done.trigger = token AND done.assignment = number AND done.status = 'completed')
$$;
