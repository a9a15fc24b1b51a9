-- Scheduled campaigns whose time has come, from 10 minutes before it, those that wait longest first, after a cursor.
-- ?1 and ?2 time and id of the last one; a campaign that fails is met once in each look, and those behind it go on; it is
-- left out for a while then.
SELECT id, scheduled_at AS at
  FROM campaigns
 WHERE status = 'scheduled'
   AND scheduled_at <= clock_timestamp() + interval '10 minutes'
   AND (scheduled_at, id) > (CAST(?1 AS timestamptz), CAST(?2 AS uuid))
   AND NOT EXISTS (SELECT FROM campaign_setbacks b
                    WHERE b.campaign_id = campaigns.id AND b.batch = 'trigger' AND b.again_at > clock_timestamp())
 ORDER BY scheduled_at, id
 LIMIT 200
