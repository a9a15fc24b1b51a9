-- Notes which leads of a page are reached, and answers those that are not, since the run reaches their phone through another
-- lead: one of an earlier page, one before it in the page, or one that had the phone. A statement of its own after hold.sql,
-- so that it sees what others noted before.
-- $1 campaign, $2 the run under which leads are noted, $3 user, $4 leads in the order of their ids, $5 their phones, $6 whose
-- phone may have been reached. Only for these, and for phones that changed hands, leads are looked up by their phone: the
-- cost is that of the page, however many were reached.
WITH page AS MATERIALIZED (
  SELECT lead_id, phone, in_doubt FROM unnest($4::uuid[], $5::text[], $6::boolean[]) AS row (lead_id, phone, in_doubt)
), judged AS MATERIALIZED (
  SELECT page.lead_id,
         coalesce(known.lead_id, first_value(page.lead_id) OVER (PARTITION BY page.phone ORDER BY page.lead_id)) AS through
    FROM page
   CROSS JOIN LATERAL run_reaches($1, $2, $3, page.phone) AS known
   WHERE in_doubt
      OR EXISTS (SELECT FROM fanout_phones k WHERE k.campaign_id = $1 AND k.run = $2 AND k.phone = page.phone)
), reached AS MATERIALIZED (
  SELECT lead_id FROM page EXCEPT ALL SELECT lead_id FROM judged WHERE lead_id <> through
), noted_to AS MATERIALIZED (
  SELECT last_lead FROM fanout_reached WHERE campaign_id = $1 AND run = $2 ORDER BY last_lead DESC LIMIT 1
), among AS MATERIALIZED (
  -- None, as long as pages are noted for the first time. A lead that came between others is put into the piece where it belongs,
  -- which is cut again.
  SELECT reached.lead_id, piece.last_lead AS piece
    FROM reached
   CROSS JOIN LATERAL run_piece($1, $2, reached.lead_id) AS piece
   WHERE reached.lead_id <= (SELECT last_lead FROM noted_to) AND reached.lead_id <> ALL (piece.leads)
), opened AS (
  DELETE FROM fanout_reached piece
   WHERE piece.campaign_id = $1 AND piece.run = $2 AND piece.last_lead = ANY (ARRAY(SELECT among.piece FROM among))
  RETURNING piece.last_lead, piece.leads
), wanted AS (
  SELECT lead_id, NULL::uuid AS piece
    FROM reached
   WHERE NOT EXISTS (SELECT FROM noted_to) OR lead_id > (SELECT last_lead FROM noted_to)
  UNION ALL SELECT lead_id, piece FROM among
  UNION ALL SELECT unnest(leads), last_lead FROM opened
), cut AS (
  SELECT lead_id, piece, (row_number() OVER (PARTITION BY piece ORDER BY lead_id) - 1) / 100 AS nth FROM wanted
), pieces AS (
  SELECT array_agg(lead_id ORDER BY lead_id) AS leads FROM cut GROUP BY piece, nth
), noted AS (
  INSERT INTO fanout_reached (campaign_id, run, last_lead, leads)
  SELECT $1, $2, leads[cardinality(leads)], leads FROM pieces
)
SELECT lead_id FROM judged WHERE lead_id <> through
