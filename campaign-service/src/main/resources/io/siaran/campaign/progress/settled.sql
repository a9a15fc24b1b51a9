-- Triggered runs that were published to the end, are stored as a whole, and of which nothing waits any more. Reads only runs
-- of which something changed. What went out with an earlier text of the same plan was sent as well.
SELECT c.id, c.run,
       s.stored > 0 AND s.sent + s.unknown = 0
       AND NOT EXISTS (SELECT FROM run_progress e
                        WHERE e.campaign_id = c.id AND e.run >= c.planned_run AND e.run < c.run AND e.sent + e.unknown > 0)
       AS nothing_sent
  FROM run_progress s
  JOIN campaigns c ON c.id = s.campaign_id AND c.run = s.run AND c.status = 'triggered'
  JOIN fanouts f ON f.campaign_id = s.campaign_id AND f.run = s.run AND f.ended_at IS NOT NULL
 WHERE s.changed
   AND s.pending + s.processing = 0
   AND s.stored >= f.published
   AND NOT EXISTS (SELECT FROM campaign_setbacks b
                    WHERE b.campaign_id = c.id AND b.batch = 'complete' AND b.again_at > clock_timestamp())
 ORDER BY c.id
 LIMIT 500
