-- Campaigns under way whose hours begin or end, the earliest first, after a cursor. ?1 and ?2 time and id of the last one; a
-- campaign that fails is met once in each look, and those behind it go on; it is left out for a while then.
SELECT id, gate_turns_at AS at
  FROM campaigns
 WHERE status = 'triggered'
   AND gate_turns_at <= clock_timestamp()
   AND (gate_turns_at, id) > (CAST(?1 AS timestamptz), CAST(?2 AS uuid))
   AND NOT EXISTS (SELECT FROM campaign_setbacks b
                    WHERE b.campaign_id = campaigns.id AND b.batch = 'turn' AND b.again_at > clock_timestamp())
 ORDER BY gate_turns_at, id
 LIMIT 200
