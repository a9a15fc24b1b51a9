-- The records of common-model that SQL writes: Send, Recall, MessageStatus, CampaignProgress. WireRecordsTest compares them with
-- the golden files. Fields stand in the order of the Java records; what is null is left out, as concat and format do; what people
-- wrote goes through to_json, which quotes it.
-- Each is one expression of nothing but what is stable within its statement, so that PostgreSQL makes it part of the
-- statement that calls it: as a call of its own MessageStatus took half of what settling a message takes (docs/adr/0011).
-- Put together by hand where messages are many: json_build_object takes four times as long as concat, and concat half as long again as
-- format, which is told the fixed parts once.

-- An Instant, in microseconds.
CREATE OR REPLACE FUNCTION rfc3339(moment timestamptz) RETURNS text
  LANGUAGE sql STABLE
  RETURN to_char(moment AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"');

-- Whether a message may have been sent, whatever its status says. Attempts are tries that the platform acted on, an unknown one
-- among them until it turns out not to have; an operator who retries a message sets them back, and the row then knows the
-- try whose outcome was open; and tries that were taken, or taken and refused, stay.
CREATE OR REPLACE FUNCTION in_doubt(m broadcast_messages) RETURNS boolean
  LANGUAGE sql IMMUTABLE AS $$
  SELECT m.attempts > 0 OR m.superseded_try IS NOT NULL OR m.status = 'unknown'
    OR coalesce(cardinality(m.taken_tries), 0) > 0 OR coalesce(cardinality(m.refused_tries), 0) > 0
$$;

-- When it occurred is a text of the caller's, who has one for all rows: making it takes a fifth of a record.
CREATE OR REPLACE FUNCTION message_status_record(m broadcast_messages, occurred_at text) RETURNS text
  LANGUAGE sql STABLE AS $$
  SELECT format(
    '{"message_id":"%s","version":%s,"status":"%s","kind":"%s","user_id":%s,"device_id":"%s"%s%s,"run":%s%s%s%s'
      ',"try_no":%s,"attempts":%s%s%s%s%s,"in_doubt":%s,"occurred_at":"%s"}',
    m.id, m.version, m.status, m.kind, to_json(m.user_id), m.device_id,
    ',"lead_id":"' || m.lead_id || '"', ',"campaign_id":"' || m.campaign_id || '"', m.run,
    ',"sequence_id":"' || m.sequence_id || '"', ',"sequence_stepid":"' || m.sequence_stepid || '"',
    ',"contact_id":"' || m.contact_id || '"',
    m.try_no, m.attempts, ',"failure_reason":"' || m.failure_reason || '"',
    ',"sent_at":"' || rfc3339(m.sent_at) || '"', ',"delivered_at":"' || rfc3339(m.delivered_at) || '"',
    ',"read_at":"' || rfc3339(m.read_at) || '"', in_doubt(m)::text, occurred_at)
$$;

-- Of fields and not of a row: the release has them in hand, and would have to make a row of them first.
CREATE OR REPLACE FUNCTION send_record(
  message_id uuid, try_no int, user_id text, device_id uuid, not_after timestamptz, supersedes int, kind text,
  recipient_phone text, recipient_name text, attributes jsonb, niche text, type text, message text, media_url text,
  min_delay int, max_delay int, anti_spam text, time_zone text, check_number boolean) RETURNS text
  LANGUAGE sql STABLE AS $$
  SELECT format(
    '{"record":"send","message_id":"%s","try_no":%s,"user_id":%s,"device_id":"%s","not_after":"%s"%s,"kind":"%s"'
      ',"recipient_phone":"%s"%s%s%s,"type":"%s","message":%s%s,"min_delay":%s,"max_delay":%s%s,"time_zone":%s%s}',
    message_id, try_no, to_json(user_id), device_id, rfc3339(not_after), ',"supersedes":' || supersedes, kind,
    recipient_phone, ',"recipient_name":' || to_json(recipient_name), ',"attributes":' || attributes::text,
    ',"niche":' || to_json(niche), type, to_json(message), ',"media_url":' || to_json(media_url), min_delay, max_delay,
    ',"anti_spam":"' || anti_spam || '"', to_json(time_zone), ',"check_number":' || check_number::text)
$$;

CREATE OR REPLACE FUNCTION recall_record(message_id uuid, try_no int, user_id text, device_id uuid) RETURNS text
  LANGUAGE sql STABLE AS $$
  SELECT concat(
    '{"record":"recall","message_id":"', message_id, '","try_no":', try_no, ',"user_id":', to_json(user_id),
    ',"device_id":"', device_id, '"}')
$$;

CREATE OR REPLACE FUNCTION campaign_progress_record(c campaign_counts) RETURNS text
  LANGUAGE sql STABLE AS $$
  SELECT concat(
    '{"campaign_id":"', c.campaign_id, '","run":', c.run, ',"device_id":"', c.device_id, '","user_id":', to_json(c.user_id),
    ',"version":', c.version, ',"stored":', c.stored, ',"pending":', c.pending, ',"processing":', c.processing,
    ',"sent":', c.sent, ',"failed":', c.failed, ',"cancelled":', c.cancelled, ',"unknown":', c.unknown,
    ',"delivered":', c.delivered, ',"read":', c.read, ',"reasons":', c.reasons, '}')
$$;
