-- Scheduled campaigns whose time has come, from 10 minutes before it.
SELECT id
  FROM campaigns
 WHERE status = 'scheduled'
   AND scheduled_at <= clock_timestamp() + interval '10 minutes'
 ORDER BY scheduled_at
 LIMIT 1000
