-- The devices as their owner told, each once; a snapshot that is not newer changes nothing. A hold ends with any news of its
-- device: what made the gateway defer may be what changed, and if it did not, it defers again. Otherwise the hint stays: a
-- device that comes online finds it where it was left.
-- A restricted device says nothing but answers: it counts as online, and what is cold is held ($14).
INSERT INTO device_queue AS d (device_id, user_id, status, min_delay, max_delay, anti_spam, time_zone, version, deleted,
  unknown_policy, name, hourly_cap, daily_cap, cold_held_until, cold_hold_reason, slow_factor, deleted_at)
SELECT id, user_id, status, min_delay, max_delay, anti_spam, time_zone, version, deleted,
  unknown_policy, name, hourly_cap, daily_cap, restricted_until, CASE WHEN restricted_until IS NOT NULL THEN 'restricted' END,
  slow_factor, CASE WHEN deleted THEN now() END
FROM unnest($1::uuid[], $2::text[], $3::text[], $4::int[], $5::int[], $6::text[], $7::text[], $8::bigint[], $9::boolean[],
    $10::text[], $11::text[], $12::int[], $13::int[], $14::timestamptz[], $15::int[])
  AS s (id, user_id, status, min_delay, max_delay, anti_spam, time_zone, version, deleted,
    unknown_policy, name, hourly_cap, daily_cap, restricted_until, slow_factor)
ORDER BY id
ON CONFLICT (device_id) DO UPDATE SET
  user_id = excluded.user_id, status = excluded.status, min_delay = excluded.min_delay, max_delay = excluded.max_delay,
  anti_spam = excluded.anti_spam, time_zone = excluded.time_zone, version = excluded.version, deleted = excluded.deleted,
  unknown_policy = excluded.unknown_policy,
  name = excluded.name, hourly_cap = excluded.hourly_cap, daily_cap = excluded.daily_cap,
  deleted_at = CASE WHEN excluded.deleted THEN coalesce(d.deleted_at, excluded.deleted_at) END,
  held_until = NULL, hold_reason = NULL, cold_held_until = excluded.cold_held_until, cold_hold_reason = excluded.cold_hold_reason,
  slow_factor = excluded.slow_factor,
  next_due = CASE WHEN d.held_until IS NULL AND d.cold_held_until IS NULL THEN d.next_due ELSE statement_timestamp() END
WHERE d.version < excluded.version
