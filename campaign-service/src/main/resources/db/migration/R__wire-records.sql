-- The records of common-model that SQL writes here: snapshots of plans and suppressions that are told again (R__tell-again.sql).
-- WireRecordsTest compares them with the golden files and with what the service itself tells. Fields stand in the order of the Java
-- records; what is null is left out, as concat does; what people wrote goes through to_json, which quotes it.

-- An Instant, in microseconds.
CREATE OR REPLACE FUNCTION rfc3339(moment timestamptz) RETURNS text LANGUAGE sql STABLE
  RETURN to_char(moment AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"');

-- Whether what a campaign has queued may be sent (topic plans): Campaign.plan(), of its row.
CREATE OR REPLACE FUNCTION plan_record(c campaigns) RETURNS text LANGUAGE sql STABLE
  RETURN concat(
    '{"id":"', c.id, '","kind":"campaign","user_id":', to_json(c.user_id), ',"status":"',
    CASE
      WHEN c.status = 'scheduled' AND (c.send_from IS NOT NULL OR c.send_until IS NOT NULL OR c.weekdays IS NOT NULL) THEN 'paused'
      WHEN c.status = 'triggered' AND c.gate_closed THEN 'paused'
      WHEN c.status IN ('scheduled', 'triggered') THEN 'active'
      ELSE c.status
    END,
    '","run":', c.run, ',"title":', to_json(c.title), ',"version":', c.version, ',"deleted":', c.deleted::text,
    ',"once_per_phone":', (c.duplicate_phones = 'once')::text,
    ',"open_until":"' || rfc3339(CASE WHEN c.gate_closed THEN 'epoch' ELSE c.gate_turns_at END) || '"', '}');

-- Whether a person may be written to (topic suppressions).
CREATE OR REPLACE FUNCTION suppression_record(s suppressions) RETURNS text LANGUAGE sql STABLE
  RETURN concat(
    '{"user_id":', to_json(s.user_id), ',"phone":"', s.phone, '","reason":', to_json(s.reason), ',"decided_at":"',
    rfc3339(s.decided_at), '","version":', s.version,
    ',"deleted":', s.deleted::text, '}');
