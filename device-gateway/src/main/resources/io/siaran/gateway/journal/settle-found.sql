-- A try ($2) of a message ($1) whose outcome is unknown went out after all, as one of the platform's messages $3: the first
-- that no other message of the device is. Nothing changes where there is none, where the try is not unknown any more, or
-- where a call to the same person is under way, whose id nobody knows yet.
-- Runs behind the lock of the device's pacing: what another look-up of the device found is committed and seen here, and no
-- call of the device begins meanwhile. Which try an id belongs to is asked of sent_messages, whose key it is: a trigger notes there
-- what the journal learns, and it is kept for longer.
WITH candidate AS MATERIALIZED (
  SELECT asked.id FROM send_journal j, unnest($3::text[]) WITH ORDINALITY AS asked (id, nth)
  WHERE j.message_id = $1::uuid AND j.try_no = $2::int AND j.state = 'unknown' AND NOT j.superseded
    AND NOT EXISTS (
      SELECT FROM sent_messages s WHERE s.device_id = j.device_id AND s.provider_message_id = asked.id
        AND (s.message_id, s.try_no) <> (j.message_id, j.try_no))
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
