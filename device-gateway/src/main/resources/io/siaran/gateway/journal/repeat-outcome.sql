-- Publishes once more how a try ($2) of a message ($1) ended, or the other try that keeps it from beginning. A try whose call
-- is under way is published by whoever settles it.
INSERT INTO outbox (topic, key, payload)
SELECT 'delivery-events', j.device_id::text, delivery_event(j) FROM send_journal j
WHERE j.message_id = $1::uuid
  AND (j.try_no = $2::int OR (j.state IN ('accepted', 'unknown') AND NOT j.superseded))
  AND j.state <> 'started'
