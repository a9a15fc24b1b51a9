-- Writes what was observed of devices that the caller has locked, and publishes the snapshots of those that moved ($13). Their
-- rows are locked before the outbox takes an id, so the order of ids is the order of commits.
--   $1 device $2 condition $3 status $4 since $5 reason $6 held until $7 refusal cause $8 failed checks
--   $9 unreachable since $10 last seen $11 not asked again before $12 asked again, out of turn, so many seconds after it was last
WITH changed AS (
  UPDATE devices d SET
    condition         = o.condition,
    status            = o.status,
    status_since      = o.status_since,
    status_reason     = o.status_reason,
    held_until        = o.held_until,
    refusal_cause     = o.refusal_cause,
    failed_checks     = o.failed_checks,
    unreachable_since = o.unreachable_since,
    last_seen         = o.last_seen,
    next_check_at     = CASE WHEN o.ask_after IS NOT NULL
                          THEN least(d.next_check_at, coalesce(d.checked_at, 'epoch') + o.ask_after * interval '1 second')
                          ELSE least(greatest(d.next_check_at, o.not_before), CASE WHEN o.moved THEN o.held_until END) END,
    version           = d.version + CASE WHEN o.moved THEN 1 ELSE 0 END,
    updated_at        = CASE WHEN o.moved THEN clock_timestamp() ELSE d.updated_at END
  FROM unnest($1::uuid[], $2::text[], $3::text[], $4::timestamptz[], $5::text[], $6::timestamptz[], $7::text[], $8::int[],
      $9::timestamptz[], $10::timestamptz[], $11::timestamptz[], $12::int[], $13::boolean[])
    AS o (id, condition, status, status_since, status_reason, held_until, refusal_cause, failed_checks, unreachable_since,
      last_seen, not_before, ask_after, moved)
  WHERE d.id = o.id
  RETURNING d AS device, o.moved
)
INSERT INTO outbox (topic, key, payload)
SELECT 'devices', (device).id::text, device_snapshot(device) FROM changed WHERE moved
