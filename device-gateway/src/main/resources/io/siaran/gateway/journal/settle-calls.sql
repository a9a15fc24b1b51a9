-- Writes down how calls ended, lets their devices' pauses begin, and publishes it, all at once; answers which tries this
-- settled. No two of a group are of one device or of one message.
-- Only the turn that began a try settles it, and only while it is started. Where the rescuer of cut calls came first, a later
-- certain outcome still changes the row, and keeps the end that the rescuer gave it: the audit of the pace looks at a call
-- once. The pause begins at the end of this call only where no later turn has begun. Then what provably was not sent is
-- taken off the device's counters, so that a platform that cannot be reached uses up no cap. Whom its number was to write to for
-- the first time is a stranger again unless the message went out or may have, and uses up no cap of strangers: whoever is tried three
-- times would count as three. With the pause the device's
-- breaker is written, as the turn judged it from what it was at the beginning. A host that served one of its devices is
-- noted, seldom while it is well; if its breaker was open, it closes, and its devices are let go.
-- Rows are looked up, and so locked, one by one in the order given, which is one order for all. Should two groups deadlock
-- all the same, the server refuses one. Rows of hosts come last, in order.
--   $1 message $2 try $3 the turn $4 state $5 reason $6 detail $7 not again within, in ms $8 the provider's id
--   the breaker, null where the call says nothing of it: $9 troubles $10 openings $11 refusals $12 refusals of contacts
--   $13 how long the device is held from now on, in ms, or null $14 why $15 whether the host serves
--   $16 whether the platform was called: what failed before counts for no failure of the device
WITH settled AS (
  UPDATE send_journal j SET
    state = asked.state,
    ended_at = coalesce(j.ended_at, now),
    reason = asked.reason,
    detail = asked.detail,
    again_at = now + asked.again_ms * interval '1 millisecond',
    provider_message_id = asked.provider_message_id
  FROM (SELECT clock_timestamp() AS now) AS clock,
    unnest($1::uuid[], $2::int[], $3::uuid[], $4::text[], $5::text[], $6::text[], $7::bigint[], $8::text[], $9::int[],
      $10::int[], $11::int[], $12::int[], $13::bigint[], $14::text[], $15::boolean[], $16::boolean[])
      AS asked (message_id, try_no, turn, state, reason, detail, again_ms, provider_message_id, troubles, openings,
        refusals, contact_refusals, held_ms, hold_reason, serves, called)
  WHERE j.message_id = asked.message_id AND j.try_no = asked.try_no AND j.turn = asked.turn
    AND (j.state = 'started' OR (j.state = 'unknown' AND asked.state <> 'unknown'))
  RETURNING j AS entry, now, j.state = 'returned' AND j.reason IN ('not_sent', 'platform_trouble') AS not_sent,
    j.lane IS NOT DISTINCT FROM 'reply' AS is_reply, j.first_contact AS is_first,
    asked.troubles, asked.openings, asked.refusals, asked.contact_refusals, asked.held_ms, asked.hold_reason, asked.serves,
    asked.called
), ended AS MATERIALIZED (
  SELECT settled.*, is_first AND (entry).state NOT IN ('accepted', 'unknown') AS is_unmet, device.host, ARRAY[device.fingerprint, device.linked_number] AS numbers FROM settled LEFT JOIN devices device ON device.id = (entry).device_id
), pause AS (
  UPDATE device_pacing p SET
    busy_until = ended.now,
    accepted = p.accepted + CASE WHEN (entry).state = 'accepted' THEN 1 ELSE 0 END,
    sent_on_day = CASE WHEN not_sent AND NOT is_reply THEN greatest(p.sent_on_day - 1, 0) ELSE p.sent_on_day END,
    replies_on_day = CASE WHEN not_sent AND is_reply THEN greatest(p.replies_on_day - 1, 0) ELSE p.replies_on_day END,
    first_contacts_on_day = CASE WHEN is_unmet THEN greatest(p.first_contacts_on_day - 1, 0)
      ELSE p.first_contacts_on_day END,
    failed_on_day = p.failed_on_day + CASE WHEN called AND ((entry).state IN ('failed', 'unknown') OR not_sent) THEN 1 ELSE 0 END,
    refused_on_day = p.refused_on_day + CASE WHEN (entry).state = 'rejected' THEN 1 ELSE 0 END,
    recent_sends = CASE WHEN not_sent AND NOT is_reply AND cardinality(p.recent_sends) > 0 THEN trim_array(p.recent_sends, 1)
      ELSE p.recent_sends END,
    troubles = coalesce(ended.troubles, p.troubles),
    openings = coalesce(ended.openings, p.openings),
    -- That an answer is served says nothing of a restriction, which is of strangers: the next refusal holds longer all the same.
    refusals = CASE WHEN is_reply AND (entry).state = 'accepted' THEN p.refusals ELSE coalesce(ended.refusals, p.refusals) END,
    contact_refusals = coalesce(ended.contact_refusals, p.contact_refusals),
    held_until = CASE WHEN ended.troubles IS NULL THEN p.held_until ELSE ended.now + ended.held_ms * interval '1 millisecond' END,
    held_since = CASE WHEN ended.troubles IS NULL THEN p.held_since WHEN ended.held_ms IS NOT NULL THEN ended.now END,
    hold_reason = CASE WHEN ended.troubles IS NULL THEN p.hold_reason ELSE ended.hold_reason END,
    holds_back = CASE WHEN ended.troubles IS NULL THEN p.holds_back
      ELSE ended.held_ms IS NOT NULL AND (entry).state IN ('returned', 'deferred') END,
    host = CASE WHEN ended.troubles IS NULL THEN p.host WHEN ended.held_ms IS NOT NULL THEN coalesce(ended.host, p.host, 'unknown') END
  FROM ended
  WHERE p.device_id = (entry).device_id AND p.busy_until = (entry).call_deadline
), unmet AS (
  DELETE FROM contacted_people c USING ended
  WHERE is_unmet AND c.number = ANY (numbers) AND c.phone = (entry).phone
), published AS (
  INSERT INTO outbox (topic, key, payload)
  SELECT 'delivery-events', (entry).device_id::text, delivery_event(entry) FROM settled
), noted AS (
  INSERT INTO platform_hosts (host) SELECT DISTINCT host FROM ended WHERE troubles > 0 AND host IS NOT NULL ORDER BY host
  ON CONFLICT DO NOTHING
), served AS (
  UPDATE platform_hosts h SET
    served_at = well.now,
    open_since = NULL,
    next_probe_at = NULL,
    closed_at = CASE WHEN h.open_since IS NULL THEN h.closed_at ELSE well.now END,
    releasing = CASE WHEN h.open_since IS NULL THEN h.releasing ELSE 0 END
  FROM (SELECT DISTINCT host, now FROM ended WHERE serves ORDER BY host) AS well
  WHERE h.host = well.host AND (h.open_since IS NOT NULL OR h.served_at < well.now - interval '5 seconds')
)
SELECT (entry).message_id, (entry).try_no FROM settled
