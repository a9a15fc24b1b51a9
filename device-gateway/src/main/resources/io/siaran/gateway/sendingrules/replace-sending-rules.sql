-- A user's ($1) rules as a whole. The version rises: a turn that was judged by an older one is judged again.
INSERT INTO sending_rules AS known
  (user_id, quiet_hours, holidays, rest_days, friday_prayer, rate_per_minute, version, updated_at)
VALUES ($1::text, $2::text, $3::text, $4::boolean, $5::boolean, $6::integer, 1, clock_timestamp())
ON CONFLICT (user_id) DO UPDATE SET
  quiet_hours = excluded.quiet_hours,
  holidays = excluded.holidays,
  rest_days = excluded.rest_days,
  friday_prayer = excluded.friday_prayer,
  rate_per_minute = excluded.rate_per_minute,
  version = known.version + 1,
  updated_at = excluded.updated_at
RETURNING *
