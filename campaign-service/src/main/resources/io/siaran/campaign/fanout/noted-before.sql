-- Of these leads, those that the plan of a run has noted. $1 campaign, $2 run, $3 leads.
SELECT lead.id
  FROM campaigns c
 CROSS JOIN unnest($3::uuid[]) AS lead (id)
 CROSS JOIN LATERAL run_piece(c.id, c.planned_run, lead.id) AS piece
 WHERE c.id = $1 AND c.run = $2 AND lead.id = ANY (piece.leads)
