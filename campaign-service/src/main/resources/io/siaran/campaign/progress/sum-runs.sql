-- Adds up the runs that this transaction holds; nobody else's counts are read. $1 campaigns, $2 runs.
UPDATE run_progress s
   SET stored = n.stored, pending = n.pending, processing = n.processing, sent = n.sent, unknown = n.unknown,
       stored_at = CASE WHEN n.stored > s.stored THEN clock_timestamp() ELSE s.stored_at END
  FROM unnest($1::uuid[], $2::integer[]) AS told (campaign_id, run)
 CROSS JOIN LATERAL (
       SELECT sum(p.stored) AS stored, sum(p.pending) AS pending, sum(p.processing) AS processing, sum(p.sent) AS sent,
              sum(p.unknown) AS unknown
         FROM campaign_progress p
        WHERE p.campaign_id = told.campaign_id AND p.run = told.run
        HAVING count(*) > 0) AS n
 WHERE s.campaign_id = told.campaign_id AND s.run = told.run
