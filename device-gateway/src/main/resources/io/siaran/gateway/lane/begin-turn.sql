-- Begins a try, if its device may speak now; always answers one row that says what stood in the way, or none when the
-- device has no pacing row yet.
-- Safe against other instances: the pacing row is locked first, so the turns of a device form a queue, and what they
-- read of it is its newest version; the journal's two unique indexes refuse a try that was ever begun or given back,
-- and a message that may have gone out, whatever this statement's snapshot shows.
--   $1 message $2 try $3 device $4 user $5 phone $6 delay in ms $7 not after $8 longest call in ms
--   $9 version of the device that the text was made for $10 the text $11 the turn
WITH pacing AS MATERIALIZED (
  SELECT busy_until FROM device_pacing WHERE device_id = $3::uuid FOR UPDATE
), turn AS MATERIALIZED (
  SELECT
    clock_timestamp() AS now,
    pacing.busy_until + $6::int * interval '1 millisecond' AS allowed_at,
    $7::timestamptz AS not_after,
    device.status,
    device.user_id = $4::text AS own,
    device.version = $9::bigint AS current,
    EXISTS (SELECT FROM suppressions s WHERE s.user_id = $4::text AND s.phone = $5::text AND NOT s.deleted)
      AS suppressed,
    EXISTS (SELECT FROM send_journal j WHERE j.message_id = $1::uuid AND (j.try_no = $2::int
      OR (j.state IN ('started', 'accepted', 'unknown') AND NOT j.superseded))) AS known
  FROM pacing LEFT JOIN devices device ON device.id = $3::uuid AND NOT device.deleted
), begun AS (
  INSERT INTO send_journal (message_id, try_no, device_id, user_id, state, turn, started_at, call_deadline,
    sent_text)
  SELECT $1::uuid, $2::int, $3::uuid, $4::text, 'started', $11::uuid, now,
    now + $8::int * interval '1 millisecond', $10::text
  FROM turn
  WHERE own AND current AND status = 'online' AND NOT suppressed AND now >= allowed_at AND now <= not_after
  ON CONFLICT DO NOTHING
  RETURNING call_deadline
), busy AS (
  UPDATE device_pacing SET busy_until = begun.call_deadline FROM begun WHERE device_id = $3::uuid
)
SELECT
  begun.call_deadline IS NOT NULL AS begun,
  turn.known,
  turn.status,
  turn.own,
  turn.current,
  turn.suppressed,
  greatest(now, allowed_at) > not_after AS too_late,
  ceil(extract(epoch FROM allowed_at - now) * 1000)::bigint AS wait_ms
FROM turn LEFT JOIN begun ON true
