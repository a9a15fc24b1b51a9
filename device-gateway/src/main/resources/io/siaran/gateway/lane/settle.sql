-- Writes down how a call ended, lets the device's pause begin, and tells it, all at once.
-- Only the turn that began a try settles it. Only a started try is settled; when the sweep came first, what is known
-- after all still changes the row, and leaves it the end that the sweep gave it: the audit of the pace looks at a call
-- once. The pause begins at the end of this call only where no later
-- turn has begun; then what provably was not sent is taken off what the device said, so that a platform that cannot be
-- reached burns no cap.
--   $1 message $2 try $3 state $4 reason $5 detail $6 not again within, in ms $7 the provider's id $8 the turn
WITH settled AS (
  UPDATE send_journal SET
    state = $3::text,
    ended_at = coalesce(ended_at, now),
    reason = $4::text,
    detail = $5::text,
    again_at = now + $6::bigint * interval '1 millisecond',
    provider_message_id = $7::text
  FROM (SELECT clock_timestamp() AS now) AS clock
  WHERE message_id = $1::uuid AND try_no = $2::int AND turn = $8::uuid
    AND (state = 'started' OR (state = 'unknown' AND $3::text <> 'unknown'))
  RETURNING send_journal, now, state = 'returned' AND reason = 'not_sent' AS unsaid
), pause AS (
  UPDATE device_pacing p SET
    busy_until = j.now,
    said = CASE WHEN j.unsaid THEN greatest(p.said - 1, 0) ELSE p.said END,
    hour = CASE WHEN j.unsaid AND cardinality(p.hour) > 0 THEN trim_array(p.hour, 1) ELSE p.hour END
  FROM settled j
  WHERE p.device_id = (j.send_journal).device_id AND p.busy_until = (j.send_journal).call_deadline
)
INSERT INTO outbox (topic, key, payload)
SELECT 'delivery-events', (send_journal).device_id::text, delivery_event(send_journal) FROM settled
