-- Notes leads of which some are noted, or belong between others that are: the pieces in which they belong are cut again.
-- So it is where a page is noted for the second time, or a run with another text reaches who became a candidate since.
-- $1 campaign, $2 the run under which leads are noted, $3 leads.
WITH missing AS MATERIALIZED (
  SELECT lead.id, piece.last_lead AS piece
    FROM unnest($3::uuid[]) AS lead (id)
    LEFT JOIN LATERAL run_piece($1, $2, lead.id) AS piece ON true
   WHERE piece.leads IS NULL OR lead.id <> ALL (piece.leads)
), opened AS (
  DELETE FROM fanout_reached piece
   WHERE piece.campaign_id = $1 AND piece.run = $2 AND piece.last_lead = ANY (ARRAY(SELECT missing.piece FROM missing))
  RETURNING piece.last_lead, piece.leads
), wanted AS (
  SELECT id, piece FROM missing
  UNION ALL SELECT unnest(leads), last_lead FROM opened
), cut AS (
  SELECT id, piece, (row_number() OVER (PARTITION BY piece ORDER BY id) - 1) / 100 AS nth FROM wanted
), pieces AS (
  SELECT array_agg(id ORDER BY id) AS leads FROM cut GROUP BY piece, nth
)
INSERT INTO fanout_reached (campaign_id, run, last_lead, leads)
SELECT $1, $2, leads[cardinality(leads)], leads FROM pieces
