-- Writes down how calls ended, lets their devices' pauses begin, and publishes it, all at once; answers which tries this
-- settled. No two of a group are of one device or of one message.
-- Only the turn that began a try settles it, and only while it is started. Where the rescuer of cut calls came first, a later
-- certain outcome still changes the row, and keeps the end that the rescuer gave it: the audit of the pace looks at a call
-- once. The pause begins at the end of this call only where no later turn has begun. Then what provably was not sent is
-- taken off the device's counters, so that a platform that cannot be reached uses up no cap.
-- Rows are looked up, and so locked, one by one in the order given, which is one order for all. Should two groups deadlock
-- all the same, the server refuses one.
--   $1 message $2 try $3 the turn $4 state $5 reason $6 detail $7 not again within, in ms $8 the provider's id
WITH settled AS (
  UPDATE send_journal j SET
    state = asked.state,
    ended_at = coalesce(j.ended_at, now),
    reason = asked.reason,
    detail = asked.detail,
    again_at = now + asked.again_ms * interval '1 millisecond',
    provider_message_id = asked.provider_message_id
  FROM (SELECT clock_timestamp() AS now) AS clock,
    unnest($1::uuid[], $2::int[], $3::uuid[], $4::text[], $5::text[], $6::text[], $7::bigint[], $8::text[])
      AS asked (message_id, try_no, turn, state, reason, detail, again_ms, provider_message_id)
  WHERE j.message_id = asked.message_id AND j.try_no = asked.try_no AND j.turn = asked.turn
    AND (j.state = 'started' OR (j.state = 'unknown' AND asked.state <> 'unknown'))
  RETURNING j AS entry, now, j.state = 'returned' AND j.reason = 'not_sent' AS not_sent
), pause AS (
  UPDATE device_pacing p SET
    busy_until = settled.now,
    sent_on_day = CASE WHEN not_sent THEN greatest(p.sent_on_day - 1, 0) ELSE p.sent_on_day END,
    recent_sends = CASE WHEN not_sent AND cardinality(p.recent_sends) > 0 THEN trim_array(p.recent_sends, 1)
      ELSE p.recent_sends END
  FROM settled
  WHERE p.device_id = (entry).device_id AND p.busy_until = (entry).call_deadline
), published AS (
  INSERT INTO outbox (topic, key, payload)
  SELECT 'delivery-events', (entry).device_id::text, delivery_event(entry) FROM settled
)
SELECT (entry).message_id, (entry).try_no FROM settled
