-- Runs of which it is noted whom they reached and that nobody goes on with. From one run to the next by the key, past all its
-- pieces: only a few rows of each are read, however many it has.
WITH RECURSIVE noted AS (
  (SELECT campaign_id, run FROM fanout_reached ORDER BY campaign_id, run LIMIT 1)
  UNION ALL
  SELECT next.campaign_id, next.run
    FROM noted
   CROSS JOIN LATERAL (
         SELECT piece.campaign_id, piece.run
           FROM fanout_reached piece
          WHERE (piece.campaign_id, piece.run) > (noted.campaign_id, noted.run)
          ORDER BY piece.campaign_id, piece.run
          LIMIT 1) AS next
)
SELECT noted.campaign_id, noted.run
  FROM noted
  JOIN campaigns c ON c.id = noted.campaign_id
 WHERE c.planned_run > noted.run OR c.status IN ('completed', 'failed', 'cancelled')
