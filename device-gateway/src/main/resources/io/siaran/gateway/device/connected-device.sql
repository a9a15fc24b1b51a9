-- Devices ($1), deleted ones only where $2 asks for them, as the lanes need them, with the rules of their users where there are any.
-- Each is as old as its number, or as the phone that is linked to it: being registered again makes none young, and a new
-- credential none either.
SELECT d.id, d.platform, d.base_url, d.session, d.credential, d.anti_spam, d.greetings, d.typing, d.time_zone, d.quiet_hours, d.hourly_cap,
  d.daily_cap, d.cold_daily_cap, d.first_contact_cap, d.warm_up, d.user_id, d.version, d.callback_generation, d.phone,
  least(d.created_at, (SELECT min(n.since) FROM device_numbers n
    WHERE n.fingerprint = ANY (ARRAY[d.fingerprint, d.linked_number]))) AS first_registered,
  r.quiet_hours AS user_quiet_hours, r.holidays, r.rest_days, r.friday_prayer, r.rate_per_minute,
  r.version AS rules_version
FROM devices d LEFT JOIN sending_rules r ON r.user_id = d.user_id
WHERE d.id = ANY ($1::uuid[]) AND (NOT d.deleted OR $2)
