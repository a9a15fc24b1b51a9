-- Takes due receipts (at most $1; where $2 is not empty, only those with these ids), and locks the messages that they are about
-- until the transaction ends; answers the ids of the receipts, and which have a message. What the next statement reads of those
-- messages is their newest state: of two instances with receipts of one message, one judges after the other.
-- A message is found by the platform's id, or else by ours in the journal; then the platform's id is noted as well. It names
-- one message: where receipts of one such id tell different ids of ours, the oldest that is found speaks for all of them.
-- Locked in one order for all, tries before messages, as whoever settles a try does, which notes its message.
WITH due AS MATERIALIZED (
  SELECT id, device_id, provider_id, kind, our_id FROM callback_inbox
  WHERE purpose = 'receipt' AND due_at <= statement_timestamp() AND (cardinality($2::bigint[]) = 0 OR id = ANY ($2::bigint[]))
  ORDER BY due_at LIMIT $1::int
  FOR UPDATE SKIP LOCKED
), known AS MATERIALIZED (
  SELECT due.*, sent.message_id, sent.try_no, sent.phone, sent.accepted_at
  FROM due
    LEFT JOIN sent_messages sent ON sent.device_id = due.device_id AND sent.provider_message_id = due.provider_id
), tries AS MATERIALIZED (
  -- Of the messages that only our id tells, and of those whose try a refusal may mark.
  SELECT known.id, known.message_id IS NULL AS is_new, j.message_id, j.try_no, j.phone, j.ended_at
  FROM known JOIN send_journal j
    ON j.message_id = coalesce(known.message_id, known.our_id) AND j.device_id = known.device_id
      AND (known.message_id IS NULL OR (known.kind = 'receipt.refused' AND j.try_no = known.try_no))
  WHERE j.state IN ('accepted', 'unknown') AND NOT j.superseded
  ORDER BY j.message_id, j.try_no
  FOR UPDATE OF j
), about AS (
  SELECT id, device_id, provider_id, message_id, try_no, phone, accepted_at FROM known WHERE message_id IS NOT NULL
  UNION ALL
  SELECT id, known.device_id, known.provider_id, tries.message_id, tries.try_no, tries.phone, tries.ended_at
  FROM tries JOIN known USING (id) WHERE is_new
), locked AS (
  -- Changes none that is there, and locks each.
  INSERT INTO sent_messages AS message (device_id, provider_message_id, message_id, try_no, phone, accepted_at)
  SELECT DISTINCT ON (device_id, provider_id) device_id, provider_id, message_id, try_no, phone, accepted_at FROM about
  ORDER BY device_id, provider_id, id
  ON CONFLICT (device_id, provider_message_id) DO UPDATE SET refused = message.refused WHERE false
)
SELECT id, (device_id, provider_id) IN (SELECT device_id, provider_id FROM about) AS is_found FROM due
