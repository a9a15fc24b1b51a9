-- Ends a try that never began, and publishes it. A try that is in the journal already stays as it is.
--   $1 message $2 try $3 device $4 user $5 state $6 reason $7 detail $8 not again within, in ms $9 or not before
WITH given_back AS (
  INSERT INTO send_journal (message_id, try_no, device_id, user_id, state, ended_at, reason, detail, again_at)
  SELECT $1::uuid, $2::int, $3::uuid, $4::text, $5::text, now, $6::text, $7::text,
    coalesce($9::timestamptz, now + $8::bigint * interval '1 millisecond')
  FROM (SELECT clock_timestamp() AS now) AS clock
  ON CONFLICT (message_id, try_no) DO NOTHING
  RETURNING send_journal
)
INSERT INTO outbox (topic, key, payload)
SELECT 'delivery-events', (send_journal).device_id::text, delivery_event(send_journal) FROM given_back
