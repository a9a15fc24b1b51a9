-- Keeps the highest version of each device, whatever the order in which snapshots come.
INSERT INTO devices (id, user_id, name, status, version, deleted, platform, min_delay, max_delay, hourly_cap, daily_cap,
                     time_zone, quiet_hours, slow_factor)
SELECT DISTINCT ON (id) id, user_id, name, status, version, deleted, coalesce(platform, ''), min_delay, max_delay,
       hourly_cap, daily_cap, time_zone, quiet_hours, slow_factor
FROM unnest($1::uuid[], $2::text[], $3::text[], $4::text[], $5::bigint[], $6::boolean[], $7::text[], $8::integer[],
            $9::integer[], $10::integer[], $11::integer[], $12::text[], $13::text[], $14::integer[])
     AS told (id, user_id, name, status, version, deleted, platform, min_delay, max_delay, hourly_cap, daily_cap,
              time_zone, quiet_hours, slow_factor)
ORDER BY id, version DESC
ON CONFLICT (id) DO UPDATE
   SET name = excluded.name, status = excluded.status, version = excluded.version, deleted = excluded.deleted,
       platform = excluded.platform, min_delay = excluded.min_delay, max_delay = excluded.max_delay,
       hourly_cap = excluded.hourly_cap, daily_cap = excluded.daily_cap,
       time_zone = excluded.time_zone, quiet_hours = excluded.quiet_hours, slow_factor = excluded.slow_factor
 WHERE devices.version < excluded.version
   -- A device never changes user.
   AND devices.user_id = excluded.user_id
