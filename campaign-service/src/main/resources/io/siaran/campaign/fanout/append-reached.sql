-- Notes leads behind all that are noted so far. $1 campaign, $2 the run under which leads are noted, $3 leads in the order of
-- their ids.
INSERT INTO fanout_reached (campaign_id, run, last_lead, leads)
SELECT $1, $2, piece.leads[cardinality(piece.leads)], piece.leads
  FROM generate_series(1, cardinality($3::uuid[]), 100) AS nth,
       LATERAL (SELECT ($3::uuid[])[nth : nth + 99] AS leads) AS piece
