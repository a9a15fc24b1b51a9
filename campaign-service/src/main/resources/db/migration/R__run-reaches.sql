-- Whether a run has reached a lead. One piece is read: the first that ends at the lead or behind it.
CREATE OR REPLACE FUNCTION run_has_reached(of_campaign uuid, of_run integer, lead uuid)
  RETURNS boolean
  LANGUAGE sql STABLE AS $$
  SELECT coalesce(
    (SELECT lead = ANY (piece.leads)
       FROM fanout_reached piece
      WHERE piece.campaign_id = of_campaign AND piece.run = of_run AND piece.last_lead >= lead
      ORDER BY piece.last_lead
      LIMIT 1),
    false)
$$;

-- Through which lead a run reaches a phone of the campaign's user; null: through none so far. What was noted of the phone
-- itself goes first. Else it is the lead that was reached and has the phone, deleted or not: there is at most one, since who
-- gets a phone that another one has is noted (follow-phone.sql).
CREATE OR REPLACE FUNCTION run_reaches(of_campaign uuid, of_run integer, of_user text, of_phone text)
  RETURNS uuid
  LANGUAGE sql STABLE AS $$
  SELECT coalesce(
    (SELECT noted.lead_id
       FROM fanout_phones noted
      WHERE noted.campaign_id = of_campaign AND noted.run = of_run AND noted.phone = of_phone),
    (SELECT l.id
       FROM leads l
      WHERE l.user_id = of_user AND l.phone = of_phone AND NOT l.deleted AND run_has_reached(of_campaign, of_run, l.id)
      LIMIT 1),
    (SELECT l.id
       FROM leads l
      WHERE l.user_id = of_user AND l.phone = of_phone AND l.deleted AND run_has_reached(of_campaign, of_run, l.id)
      LIMIT 1))
$$;
