-- A try ($2) of a message ($1) whose outcome is unknown was refused after all: state $3, reason $4, detail $5, not again within $6 ms.
-- Nothing changes where it is not unknown any more. What it took of the device's caps it keeps: that it was refused is rare, and late.
WITH refused AS (
  UPDATE send_journal j SET
    state = $3::text, reason = $4::text, detail = $5::text, again_at = clock_timestamp() + $6::bigint * interval '1 millisecond'
  WHERE j.message_id = $1::uuid AND j.try_no = $2::int AND j.state = 'unknown' AND NOT j.superseded
  RETURNING j AS entry
)
INSERT INTO outbox (topic, key, payload)
SELECT 'delivery-events', (entry).device_id::text, delivery_event(entry) FROM refused
RETURNING id
