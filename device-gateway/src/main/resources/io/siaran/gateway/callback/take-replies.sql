-- Keeps due replies (at most as many as there are ids in $1) and publishes those whose sender is known, all at once. One
-- message that is told under a LID and under a phone is one reply: the second telling adds what the first one lacked, and by
-- that teaches who is behind the LID. What comes from the device's own number is our own message, told back: no reply, and it
-- teaches nothing.
--   $1 the ids of the replies, as many as may be taken
--   $2 where it is not empty, only the replies that have these ids in the inbox
WITH locked AS MATERIALIZED (
  SELECT id, device_id, provider_id, phone, lid, name, type, text, wish, at, received_at
  FROM callback_inbox
  WHERE purpose = 'reply' AND due_at <= statement_timestamp() AND (cardinality($2::bigint[]) = 0 OR id = ANY ($2::bigint[]))
  ORDER BY due_at LIMIT cardinality($1::uuid[])
  FOR UPDATE SKIP LOCKED
), due AS MATERIALIZED (
  SELECT locked.*, d.user_id, coalesce(locked.phone = d.phone, false) AS is_ours,
    row_number() OVER (ORDER BY locked.id) AS nth
  FROM locked JOIN devices d ON d.id = locked.device_id
), taken AS (
  INSERT INTO inbound_messages AS known (id, user_id, device_id, provider_id, phone, lid, name, type, text, wish, at,
    received_at, resolve_at)
  SELECT ($1::uuid[])[nth], due.user_id, due.device_id, due.provider_id, coalesce(due.phone, l.phone), due.lid, due.name,
    due.type, due.text, due.wish, due.at, due.received_at,
    CASE WHEN due.phone IS NULL AND l.phone IS NULL THEN clock_timestamp() END
  FROM due
    LEFT JOIN lid_phones l ON due.phone IS NULL AND l.device_id = due.device_id AND l.lid = due.lid
  WHERE NOT due.is_ours
  ORDER BY due.device_id, due.provider_id
  ON CONFLICT (device_id, provider_id) DO UPDATE
  SET phone = excluded.phone, lid = coalesce(known.lid, excluded.lid), resolve_at = NULL
  WHERE known.phone IS NULL AND excluded.phone IS NOT NULL
  RETURNING known AS entry
), stopped AS (
  -- Nobody knows yet whose phone is to be suppressed.
  INSERT INTO lid_suppressions AS known (device_id, lid, since)
  SELECT DISTINCT ON ((entry).device_id, (entry).lid) (entry).device_id, (entry).lid, clock_timestamp() FROM taken
  WHERE (entry).phone IS NULL AND (entry).wish IN ('stop', 'doubtful') ORDER BY 1, 2
  ON CONFLICT (device_id, lid) DO UPDATE SET since = excluded.since, known_at = NULL
), published AS (
  INSERT INTO outbox (topic, key, payload)
  SELECT 'inbound-messages', (entry).device_id::text, inbound_message(entry) FROM taken
  WHERE (entry).phone IS NOT NULL ORDER BY (entry).id
  RETURNING 1
), wished AS (
  -- Of a person's words the one that was written last holds, in whatever order they are told.
  INSERT INTO last_wishes AS known (user_id, phone, stops, said_at, heard_at)
  SELECT DISTINCT ON ((entry).user_id, (entry).phone) (entry).user_id, (entry).phone, (entry).wish = 'stop',
    least((entry).at, (entry).received_at), clock_timestamp()
  FROM taken WHERE (entry).phone IS NOT NULL AND (entry).wish IN ('stop', 'start')
  ORDER BY 1, 2, least((entry).at, (entry).received_at) DESC, (entry).id DESC
  ON CONFLICT (user_id, phone) DO UPDATE SET stops = excluded.stops, said_at = excluded.said_at, heard_at = excluded.heard_at
  WHERE known.said_at <= excluded.said_at
), heard AS (
  -- Its senders are in the device's reply lane from when they wrote, whatever a platform's clock says.
  INSERT INTO recent_inbound AS known (device_id, phone, at)
  SELECT (entry).device_id, (entry).phone, max(least((entry).at, (entry).received_at)) FROM taken
  WHERE (entry).phone IS NOT NULL GROUP BY 1, 2 ORDER BY 1, 2
  ON CONFLICT (device_id, phone) DO UPDATE SET at = excluded.at WHERE known.at < excluded.at
), met AS MATERIALIZED (
  SELECT device_id, lid, phone FROM due WHERE lid IS NOT NULL AND phone IS NOT NULL AND NOT is_ours
  UNION
  SELECT (entry).device_id, (entry).lid, (entry).phone FROM taken WHERE (entry).lid IS NOT NULL AND (entry).phone IS NOT NULL
), learnt AS (
  INSERT INTO lid_phones AS known (device_id, lid, phone, learnt_at)
  SELECT DISTINCT ON (device_id, lid) device_id, lid, phone, clock_timestamp() FROM met ORDER BY device_id, lid
  ON CONFLICT (device_id, lid) DO UPDATE SET phone = excluded.phone, learnt_at = excluded.learnt_at
  WHERE known.phone <> excluded.phone
), known_stops AS (
  UPDATE lid_suppressions s SET known_at = clock_timestamp() FROM taken
  WHERE (entry).phone IS NOT NULL AND s.known_at IS NULL AND s.device_id = (entry).device_id AND s.lid = (entry).lid
    -- No row is written twice in a statement: another hidden STOP of the same sender makes it known when that is resolved.
    AND NOT EXISTS (
      SELECT FROM taken AS t WHERE (t.entry).phone IS NULL AND (t.entry).device_id = s.device_id AND (t.entry).lid = s.lid)
), woken AS (
  UPDATE inbound_messages hidden SET resolve_at = clock_timestamp() FROM met
  WHERE hidden.phone IS NULL AND hidden.device_id = met.device_id AND hidden.lid = met.lid
    AND NOT EXISTS (SELECT FROM due WHERE due.device_id = hidden.device_id AND due.provider_id = hidden.provider_id)
), done AS (
  DELETE FROM callback_inbox i USING due WHERE i.id = due.id
)
SELECT
  (SELECT count(*) FROM due) AS looked,
  (SELECT count(*) FROM published) AS told,
  (SELECT count(*) FROM taken WHERE (entry).phone IS NULL) AS hidden
