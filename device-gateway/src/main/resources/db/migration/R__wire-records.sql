-- The records of common-model that SQL writes here: every DeliveryEvent, replies, and the snapshots of devices. WireRecordsTest
-- compares them with the golden files. They are put together by hand: json_build_object and json_strip_nulls took several
-- times as long. What is null is left out, as concat does; what people wrote goes through to_json, which quotes it.
-- Each is one expression of nothing but what is stable within its statement, so that PostgreSQL makes it part of the
-- statement that calls it.

-- An Instant, in microseconds.
CREATE OR REPLACE FUNCTION rfc3339(moment timestamptz) RETURNS text LANGUAGE sql STABLE
  RETURN to_char(moment AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"');

-- The delivery event of a try that has ended (topic delivery-events).
CREATE OR REPLACE FUNCTION delivery_event(entry send_journal) RETURNS text LANGUAGE sql STABLE
  RETURN concat(
    '{"record":"', entry.state, '","message_id":"', entry.message_id, '","try_no":', entry.try_no,
    ',"user_id":', to_json(entry.user_id), ',"device_id":"', entry.device_id, '"',
    ',"at":"', rfc3339(entry.ended_at), '"',
    ',"reason":"' || entry.reason || '"',
    ',"detail":' || to_json(entry.detail)::text,
    CASE entry.state WHEN 'deferred' THEN ',"until":"' ELSE ',"not_before":"' END || rfc3339(entry.again_at) || '"',
    ',"provider_message_id":' || to_json(entry.provider_message_id)::text,
    CASE entry.state WHEN 'accepted' THEN ',"sent_text":' || to_json(entry.sent_text)::text END,
    CASE entry.state WHEN 'accepted' THEN ',"lane":"' || entry.lane || '"' END,
    '}');

-- What a platform reports later of a try that it took (topic delivery-events). Not made of a row of the journal, which is gone
-- before many a message is read.
--   kind: delivered, read or refused; detail: of a refused one only
CREATE OR REPLACE FUNCTION delivery_receipt(message_id uuid, try_no integer, user_id text, device_id uuid, kind text,
  at timestamptz, detail text) RETURNS text LANGUAGE sql STABLE
  RETURN concat(
    '{"record":"', kind, '","message_id":"', message_id, '","try_no":', try_no,
    ',"user_id":', to_json(user_id), ',"device_id":"', device_id, '"',
    ',"at":"', rfc3339(at), '"',
    ',"detail":' || to_json(detail)::text,
    '}');

-- What a person wrote to a device (topic inbound-messages). Never of a reply whose sender is not known.
CREATE OR REPLACE FUNCTION inbound_message(reply inbound_messages) RETURNS text LANGUAGE sql STABLE
  RETURN concat(
    '{"id":"', reply.id, '","user_id":', to_json(reply.user_id), ',"device_id":"', reply.device_id, '"',
    ',"phone":"', reply.phone, '"',
    ',"name":' || to_json(reply.name)::text,
    ',"type":', to_json(reply.type), ',"text":', to_json(reply.text),
    ',"at":"', rfc3339(reply.at), '"',
    '}');

-- A device as the other services know it (topic devices). Never its credential.
CREATE OR REPLACE FUNCTION device_snapshot(device devices) RETURNS text LANGUAGE sql STABLE
  RETURN concat(
    '{"id":"', device.id, '","user_id":', to_json(device.user_id), ',"name":', to_json(device.name),
    ',"phone":"' || device.phone || '"',
    ',"platform":"', device.platform, '","status":"', device.status, '"',
    ',"status_since":"', rfc3339(device.status_since), '"',
    ',"status_reason":' || to_json(device.status_reason)::text,
    ',"min_delay":' || device.min_delay, ',"max_delay":' || device.max_delay,
    ',"anti_spam":"', device.anti_spam, '","time_zone":', to_json(device.time_zone),
    ',"version":', device.version, ',"deleted":', CASE WHEN device.deleted THEN 'true' ELSE 'false' END,
    ',"unknown_policy":"' || device.unknown_policy || '"',
    ',"hourly_cap":' || device.hourly_cap, ',"daily_cap":' || least(device.daily_cap, device.cold_daily_cap),
    -- The device's own, and those of its user's rules.
    ',"quiet_hours":', coalesce(device.quiet_hours, '[]')::jsonb
      || coalesce((SELECT r.quiet_hours::jsonb FROM sending_rules r WHERE r.user_id = device.user_id), '[]'),
    -- Where nobody said for how long, it is asked again within that time.
    CASE WHEN device.condition = 'restricted' THEN
      ',"restricted_until":"' || rfc3339(coalesce(device.held_until, device.updated_at + interval '15 minutes')) || '"' END,
    ',"slow_factor":' || nullif(device.slow_factor, 1),
    '}');
