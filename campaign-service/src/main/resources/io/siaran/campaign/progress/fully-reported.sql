-- Triggered runs that were published to the end, are stored as a whole, and of which nothing waits any more.
SELECT c.id, c.run, coalesce(sum(p.stored), 0) > 0 AND coalesce(sum(p.sent + p.unknown), 0) = 0 AS nothing_sent
  FROM campaigns c
  JOIN fanouts f ON f.campaign_id = c.id AND f.run = c.run AND f.ended_at IS NOT NULL
  LEFT JOIN campaign_progress p ON p.campaign_id = c.id AND p.run = c.run
 WHERE c.status = 'triggered'
 GROUP BY c.id, c.run, f.published
HAVING coalesce(sum(p.stored), 0) >= f.published
   AND coalesce(sum(p.pending + p.processing), 0) = 0
 LIMIT 100
