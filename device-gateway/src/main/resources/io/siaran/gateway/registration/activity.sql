-- What devices ($1) did lately and what is known against them, with what DeviceRules reads: a few look-ups by index a device, however
-- much is stored. Of the events of a device the newest twenty are read, of the people who wrote to it at most 200.
SELECT d.id, d.condition, d.held_until AS device_held_until, d.unreachable_since, d.min_delay, d.max_delay, d.slow_factor, d.user_id,
  d.time_zone, d.quiet_hours, d.hourly_cap, d.daily_cap, d.cold_daily_cap, d.first_contact_cap, d.warm_up,
  least(d.created_at, (SELECT min(n.since) FROM device_numbers n
    WHERE n.fingerprint = ANY (ARRAY[d.fingerprint, d.linked_number]))) AS first_registered,
  p.counted_day, p.sent_on_day, p.replies_on_day, p.first_contacts_on_day, p.failed_on_day, p.refused_on_day, p.contact_refusals,
  p.busy_until, p.held_until, p.held_since, p.hold_reason,
  p.recent_sends[cardinality(p.recent_sends) - d.hourly_cap + 1] + interval '1 hour' AS hour_free_at,
  h.silent_since, heard.people AS heard, trouble.reason AS trouble, trouble.at AS trouble_at,
  r.quiet_hours AS user_quiet_hours, r.holidays, r.rest_days, r.friday_prayer, r.rate_per_minute, r.version AS rules_version
FROM devices d
  LEFT JOIN device_pacing p ON p.device_id = d.id
  LEFT JOIN receipt_habits h ON h.device_id = d.id
  LEFT JOIN sending_rules r ON r.user_id = d.user_id
  CROSS JOIN LATERAL (
    SELECT count(*)::int AS people FROM (SELECT FROM recent_inbound i WHERE i.device_id = d.id LIMIT 200) AS writers) AS heard
  LEFT JOIN LATERAL (
    SELECT reason, at FROM (
      SELECT id, kind, condition, reason, at FROM device_events e WHERE e.device_id = d.id ORDER BY id DESC LIMIT 20) AS newest
    WHERE kind = 'unreachable' OR condition IN ('disconnected', 'refused', 'restricted', 'banned')
    ORDER BY id DESC LIMIT 1) AS trouble ON true
WHERE d.id = ANY ($1::uuid[]) AND NOT d.deleted
