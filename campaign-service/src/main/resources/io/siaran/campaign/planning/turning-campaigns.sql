-- Campaigns whose hours begin or end, the earliest first, after a cursor: those under way, and those that have ended while messages of
-- them are unsent, which somebody had tried again; of the others nobody needs to know. ?1 and ?2 time and id of the last one; a
-- campaign that fails is met once in each look, and those behind it go on; it is left out for a while then.
SELECT id, gate_turns_at AS at
  FROM (SELECT id, gate_turns_at
          FROM campaigns
         WHERE status = 'triggered' AND gate_turns_at IS NOT NULL
        UNION ALL
        SELECT ended.id, ended.gate_turns_at
          FROM run_progress s
          JOIN campaigns ended ON ended.id = s.campaign_id AND ended.run = s.run AND ended.status IN ('completed', 'failed')
         WHERE s.pending + s.processing > 0) AS turning
 WHERE gate_turns_at <= clock_timestamp()
   AND (gate_turns_at, id) > (CAST(?1 AS timestamptz), CAST(?2 AS uuid))
   AND NOT EXISTS (SELECT FROM campaign_setbacks b
                    WHERE b.campaign_id = turning.id AND b.batch = 'turn' AND b.again_at > clock_timestamp())
 ORDER BY gate_turns_at, id
 LIMIT 200
