-- Devices with their pace and their caps, and how many messages of other campaigns wait on each. $1 user, $2 devices, $3 the
-- campaign that is played, or null.
SELECT d.id, d.name, d.status, d.min_delay, d.max_delay, d.slow_factor, d.hourly_cap, d.daily_cap, d.time_zone, d.quiet_hours,
       coalesce(queued.messages, 0) AS queued
  FROM devices d
  LEFT JOIN LATERAL (
       SELECT sum(p.pending + p.processing)::bigint AS messages
         FROM campaign_progress p
        WHERE p.device_id = d.id AND p.pending + p.processing > 0 AND p.campaign_id IS DISTINCT FROM $3) AS queued ON true
 WHERE d.user_id = $1 AND d.id = ANY ($2::uuid[])
