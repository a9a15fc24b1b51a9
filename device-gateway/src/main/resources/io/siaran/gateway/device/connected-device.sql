-- A device ($1) as the lanes need it, with the rules of its user where there are any.
SELECT d.platform, d.base_url, d.credential, d.anti_spam, d.greetings, d.typing, d.time_zone, d.quiet_hours, d.hourly_cap,
  d.daily_cap, d.warm_up, d.created_at, d.user_id, d.version,
  r.quiet_hours AS user_quiet_hours, r.holidays, r.rest_days, r.friday_prayer, r.rate_per_minute,
  r.version AS rules_version
FROM devices d LEFT JOIN sending_rules r ON r.user_id = d.user_id
WHERE d.id = $1 AND NOT d.deleted
