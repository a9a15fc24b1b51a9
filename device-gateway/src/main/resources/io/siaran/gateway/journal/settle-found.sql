-- A try ($2) of a message ($1) whose outcome is unknown went out after all, as one of the platform's messages $3: the first
-- that no other message of the device is. Nothing changes where there is none, where the try is not unknown any more, or
-- where a call to the same person is under way, whose id nobody knows yet.
-- Runs behind the lock of the device's pacing: what another look-up of the device found is committed and seen here, and no
-- call of the device begins meanwhile. Looks at what ended since the call began: a find is rare, and comes soon.
WITH candidate AS MATERIALIZED (
  SELECT asked.id FROM send_journal j, unnest($3::text[]) WITH ORDINALITY AS asked (id, nth)
  WHERE j.message_id = $1::uuid AND j.try_no = $2::int AND j.state = 'unknown' AND NOT j.superseded
    AND NOT EXISTS (
      SELECT FROM send_journal o WHERE o.ended_at >= j.started_at - interval '2 seconds'
        AND o.device_id = j.device_id AND o.provider_message_id = asked.id)
    AND NOT EXISTS (
      SELECT FROM send_journal o WHERE o.state = 'started' AND o.device_id = j.device_id AND o.phone = j.phone)
  ORDER BY asked.nth LIMIT 1
), found AS (
  UPDATE send_journal j SET state = 'accepted', detail = NULL, provider_message_id = candidate.id
  FROM candidate
  WHERE j.message_id = $1::uuid AND j.try_no = $2::int AND j.state = 'unknown' AND NOT j.superseded
  RETURNING j AS entry
)
INSERT INTO outbox (topic, key, payload)
SELECT 'delivery-events', (entry).device_id::text, delivery_event(entry) FROM found
RETURNING id
