-- Tells dispatch what is new of the receipts with these ids ($1), and forgets them, all at once: cut off anywhere, either nothing
-- has happened or all of it. What finds no message comes again, less and less often, for $2 hours: the answer to its send may
-- not be written down yet, or it is about a message that somebody sent without us.
-- Runs behind lock-receipts.sql, in its transaction: nobody else looks at these receipts, nor at other receipts of their messages. A
-- message that came to be meanwhile ($4 is false) is not locked, and found the next time.
-- The flags of sent_messages keep what was told: a receipt that comes again, or a delivery after it was read, is no news, and
-- neither is the refusal of what was delivered.
-- Who is behind a LID is learnt from our own record of whom the message went to, never from what the receipt says: it may name
-- the device. Nobody's LID is the device's own phone.
-- A refusal marks its try in the journal as superseded, so that another try of the message can begin.
-- A device that has more than $3 receipts waiting is told of messages that are not ours, or is told lies: of its receipts, those
-- that have found no message within a minute (five looks) are given up.
WITH looked AS MATERIALIZED (
  SELECT due.id, due.device_id, due.provider_id, due.kind, due.at, due.received_at, due.failures, due.lid, due.detail, d.user_id,
    sent.message_id, sent.try_no, sent.phone, d.phone AS device_phone, sent.accepted_at, sent.delivered AS was_delivered,
    sent.read AS was_read, sent.refused AS was_refused
  FROM unnest($1::bigint[], $4::boolean[]) AS taken (id, is_found)
    JOIN callback_inbox due USING (id)
    JOIN devices d ON d.id = due.device_id
    LEFT JOIN sent_messages sent ON taken.is_found AND sent.device_id = due.device_id AND sent.provider_message_id = due.provider_id
), found AS MATERIALIZED (
  SELECT *,
    bool_or(was_delivered OR kind IN ('receipt.delivered', 'receipt.read')) OVER of_one AS is_delivered,
    bool_or(kind = 'receipt.refused') OVER of_one AS is_refused
  FROM looked WHERE message_id IS NOT NULL
  WINDOW of_one AS (PARTITION BY message_id, try_no)
), news AS MATERIALIZED (
  SELECT * FROM found
  WHERE CASE kind
    WHEN 'receipt.delivered' THEN NOT was_delivered
    WHEN 'receipt.read' THEN NOT was_read
    WHEN 'receipt.refused' THEN NOT was_refused AND NOT is_delivered
    ELSE false END
), proved AS (
  -- The answer to this try was lost, and here it is: the platform took it.
  UPDATE send_journal j SET state = 'accepted', provider_message_id = proof.provider_id, detail = NULL
  FROM (SELECT DISTINCT message_id, try_no, provider_id FROM found
    WHERE is_delivered OR NOT is_refused) AS proof
  WHERE j.message_id = proof.message_id AND j.try_no = proof.try_no AND j.state = 'unknown' AND NOT j.superseded
  RETURNING j AS entry
), superseded AS (
  UPDATE send_journal j SET superseded = true FROM news
  WHERE news.kind = 'receipt.refused' AND j.message_id = news.message_id AND j.try_no = news.try_no
    AND j.state IN ('accepted', 'unknown') AND NOT j.superseded
), noted AS (
  UPDATE sent_messages message SET
    delivered = message.delivered OR new.delivered, read = message.read OR new.read, refused = message.refused OR new.refused
  FROM (SELECT device_id, provider_id, bool_or(kind IN ('receipt.delivered', 'receipt.read')) AS delivered,
      bool_or(kind = 'receipt.read') AS read, bool_or(kind = 'receipt.refused') AS refused
    FROM news GROUP BY device_id, provider_id) AS new
  WHERE message.device_id = new.device_id AND message.provider_message_id = new.provider_id
), published AS (
  INSERT INTO outbox (topic, key, payload)
  SELECT 'delivery-events', device_id::text, record FROM (
    SELECT 0 AS nth, (entry).device_id, delivery_event(entry) AS record FROM proved
    UNION ALL
    SELECT id, device_id, delivery_receipt(message_id, try_no, user_id, device_id, substr(kind, 9), at,
      CASE WHEN kind = 'receipt.refused' THEN detail END) FROM news) AS told
  ORDER BY nth
), usual AS MATERIALIZED (
  -- Once in ten seconds is enough to know a device's habit, unless it was silent.
  SELECT news.device_id, count(*)::int AS receipts, coalesce(p.accepted, 0) AS answered,
    avg(least(greatest(extract(epoch FROM received_at - accepted_at) * 1000, 0), 3600000))::float8 AS usual_ms
  FROM news
    LEFT JOIN device_pacing p ON p.device_id = news.device_id
    LEFT JOIN receipt_habits known ON known.device_id = news.device_id
  WHERE kind IN ('receipt.delivered', 'receipt.read') AND accepted_at IS NOT NULL
    AND (known.device_id IS NULL OR known.silent_since IS NOT NULL
      OR known.last_at < clock_timestamp() - interval '10 seconds')
  GROUP BY news.device_id, p.accepted
  ORDER BY news.device_id
), habits AS (
  INSERT INTO receipt_habits AS known (device_id, receipts, usual_ms, last_at, answered, newer, newer_at, older)
  SELECT device_id, receipts, usual_ms, clock_timestamp(), answered, answered, clock_timestamp(), answered FROM usual
  ON CONFLICT (device_id) DO UPDATE SET
    receipts = least(known.receipts + excluded.receipts, 1000000),
    usual_ms = known.usual_ms + 0.1 * (excluded.usual_ms - known.usual_ms),
    last_at = excluded.last_at, answered = excluded.answered, silent_since = NULL
), learnt AS (
  INSERT INTO lid_phones AS known (device_id, lid, phone, learnt_at)
  SELECT DISTINCT ON (device_id, lid) device_id, lid, phone, clock_timestamp() FROM found
  WHERE lid IS NOT NULL AND phone IS DISTINCT FROM device_phone AND phone IS NOT NULL ORDER BY device_id, lid, id DESC
  ON CONFLICT (device_id, lid) DO UPDATE SET phone = excluded.phone, learnt_at = excluded.learnt_at
  WHERE known.phone <> excluded.phone
), woken AS (
  UPDATE inbound_messages hidden SET resolve_at = clock_timestamp() FROM found
  WHERE found.lid IS NOT NULL AND found.phone IS DISTINCT FROM found.device_phone AND found.phone IS NOT NULL
    AND hidden.phone IS NULL
    AND hidden.device_id = found.device_id AND hidden.lid = found.lid
), crowded AS MATERIALIZED (
  SELECT device_id FROM (SELECT DISTINCT device_id FROM looked WHERE message_id IS NULL AND failures >= 5) AS looked_often
  WHERE (SELECT count(*) FROM (
    SELECT FROM callback_inbox i WHERE i.device_id = looked_often.device_id AND i.kind LIKE 'receipt.%'
    LIMIT $3::int + 1) AS counted) > $3::int
), given_up AS MATERIALIZED (
  SELECT id FROM looked
  WHERE message_id IS NULL AND (received_at < clock_timestamp() - $2::int * interval '1 hour'
    OR (failures >= 5 AND device_id IN (SELECT device_id FROM crowded)))
), done AS (
  DELETE FROM callback_inbox i USING looked
  WHERE i.id = looked.id AND (looked.message_id IS NOT NULL OR looked.id IN (SELECT id FROM given_up))
), waiting AS (
  UPDATE callback_inbox i SET
    failures = i.failures + 1,
    due_at = clock_timestamp() + least(power(2, least(i.failures, 12)) * interval '2 seconds', interval '1 hour')
  FROM looked
  WHERE i.id = looked.id AND looked.message_id IS NULL AND looked.id NOT IN (SELECT id FROM given_up)
)
SELECT
  cardinality($1::bigint[]) AS looked,
  (SELECT count(*) FROM news WHERE kind = 'receipt.delivered') AS delivered,
  (SELECT count(*) FROM news WHERE kind = 'receipt.read') AS read,
  (SELECT count(*) FROM news WHERE kind = 'receipt.refused') AS refused,
  (SELECT count(*) FROM proved) AS proved,
  (SELECT count(*) FROM found) - (SELECT count(*) FROM news) AS repeated,
  (SELECT count(*) FROM given_up) AS given_up
