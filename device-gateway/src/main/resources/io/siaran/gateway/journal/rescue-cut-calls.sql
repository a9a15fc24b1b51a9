-- Calls that nobody settled by their deadline: whether the message went out is not known any more. Any instance may do
-- this at any time; locked rows are being settled by somebody else.
WITH late AS (
  SELECT message_id, try_no FROM send_journal
  WHERE state = 'started' AND call_deadline < clock_timestamp()
  ORDER BY call_deadline LIMIT $1::int
  FOR UPDATE SKIP LOCKED
), rescued AS (
  UPDATE send_journal j SET state = 'unknown', ended_at = clock_timestamp(), detail = 'the call was cut'
  FROM late WHERE j.message_id = late.message_id AND j.try_no = late.try_no
  RETURNING j AS entry
)
INSERT INTO outbox (topic, key, payload)
SELECT 'delivery-events', (entry).device_id::text, delivery_event(entry) FROM rescued
