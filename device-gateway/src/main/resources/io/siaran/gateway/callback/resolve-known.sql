-- Publishes due replies (at most $1) whose sender has become known, each once: whoever gives it its phone. Where
-- $2 is not empty, only those with these ids.
WITH known AS MATERIALIZED (
  SELECT r.id, l.phone
  FROM inbound_messages r JOIN lid_phones l ON l.device_id = r.device_id AND l.lid = r.lid
  WHERE r.resolve_at <= statement_timestamp() AND r.phone IS NULL AND (cardinality($2::uuid[]) = 0 OR r.id = ANY ($2::uuid[]))
  ORDER BY r.resolve_at LIMIT $1::int
  FOR UPDATE OF r SKIP LOCKED
), resolved AS (
  UPDATE inbound_messages r SET phone = known.phone, resolve_at = NULL FROM known WHERE r.id = known.id
  RETURNING r AS entry
), known_stops AS (
  UPDATE lid_suppressions s SET known_at = clock_timestamp() FROM resolved
  WHERE s.known_at IS NULL AND s.device_id = (entry).device_id AND s.lid = (entry).lid
), wished AS (
  -- Of a person's words the one that was written last holds, in whatever order they are told.
  INSERT INTO last_wishes AS known (user_id, phone, stops, said_at, heard_at)
  SELECT DISTINCT ON ((entry).user_id, (entry).phone) (entry).user_id, (entry).phone, (entry).wish = 'stop',
    least((entry).at, (entry).received_at), clock_timestamp()
  FROM resolved WHERE (entry).phone IS NOT NULL AND (entry).wish IN ('stop', 'start')
  ORDER BY 1, 2, least((entry).at, (entry).received_at) DESC, (entry).id DESC
  ON CONFLICT (user_id, phone) DO UPDATE SET stops = excluded.stops, said_at = excluded.said_at, heard_at = excluded.heard_at
  WHERE known.said_at <= excluded.said_at
), heard AS (
  INSERT INTO recent_inbound AS known (device_id, phone, at)
  SELECT (entry).device_id, (entry).phone, max(least((entry).at, (entry).received_at)) FROM resolved GROUP BY 1, 2 ORDER BY 1, 2
  ON CONFLICT (device_id, phone) DO UPDATE SET at = excluded.at WHERE known.at < excluded.at
)
INSERT INTO outbox (topic, key, payload)
SELECT 'inbound-messages', (entry).device_id::text, inbound_message(entry) FROM resolved ORDER BY (entry).id
