-- The piece in which a run would have noted a lead: the first that ends at the lead or behind it. Like the next one a table
-- of at most one row, so that PostgreSQL plans it with the statement around; a function that it calls cost ten times as much.
CREATE OR REPLACE FUNCTION run_piece(of_campaign uuid, of_run integer, lead uuid)
  RETURNS TABLE (last_lead uuid, leads uuid[])
  LANGUAGE sql STABLE ROWS 1 AS $$
  SELECT piece.last_lead, piece.leads
    FROM fanout_reached piece
   WHERE piece.campaign_id = of_campaign AND piece.run = of_run AND piece.last_lead >= lead
   ORDER BY piece.last_lead
   LIMIT 1
$$;

-- Through which lead a run reaches a phone of the campaign's user; null: through none so far. What was noted of the phone
-- itself goes first. Else it is the lead that was reached and has the phone, deleted since or not: there is at most one, since
-- who gets a phone that another one has leaves its piece (follow-phone.sql). Who was deleted a day before the run began, by
-- whichever clock, was not reached by it: a phone that is deleted and imported again every night costs no more by and by.
CREATE OR REPLACE FUNCTION run_reaches(of_campaign uuid, of_run integer, of_user text, of_phone text)
  RETURNS TABLE (lead_id uuid)
  LANGUAGE sql STABLE ROWS 1 AS $$
  SELECT coalesce(
    (SELECT noted.lead_id
       FROM fanout_phones noted
      WHERE noted.campaign_id = of_campaign AND noted.run = of_run AND noted.phone = of_phone),
    (SELECT l.id
       FROM leads l
      CROSS JOIN LATERAL run_piece(of_campaign, of_run, l.id) AS piece
      WHERE l.user_id = of_user AND l.phone = of_phone AND NOT l.deleted AND l.id = ANY (piece.leads)
      LIMIT 1),
    (SELECT l.id
       FROM leads l
      CROSS JOIN LATERAL run_piece(of_campaign, of_run, l.id) AS piece
      WHERE l.user_id = of_user AND l.phone = of_phone AND l.deleted AND l.id = ANY (piece.leads)
        AND l.updated_at > coalesce(
          (SELECT begun.started_at FROM fanouts begun WHERE begun.campaign_id = of_campaign AND begun.run = of_run),
          '-infinity') - interval '1 day'
      LIMIT 1))
$$;
