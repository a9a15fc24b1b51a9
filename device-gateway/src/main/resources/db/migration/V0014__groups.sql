-- Tries are begun and settled in groups, one statement each: see docs/adr/0015.

-- The delivery event that a settled try tells. Put together by hand: json_build_object and json_strip_nulls took several
-- times as long. What is null is left out, as concat does; what people wrote goes through to_json, which quotes it.
CREATE OR REPLACE FUNCTION delivery_event(entry send_journal) RETURNS text LANGUAGE sql STABLE
  RETURN concat(
    '{"record":"', entry.state, '","message_id":"', entry.message_id, '","try_no":', entry.try_no,
    ',"user_id":', to_json(entry.user_id), ',"device_id":"', entry.device_id, '"',
    ',"at":' || to_json(entry.ended_at)::text,
    ',"reason":' || to_json(entry.reason)::text,
    ',"detail":' || to_json(entry.detail)::text,
    CASE entry.state WHEN 'deferred' THEN ',"until":' ELSE ',"not_before":' END || to_json(entry.again_at)::text,
    ',"provider_message_id":' || to_json(entry.provider_message_id)::text,
    CASE entry.state WHEN 'accepted' THEN ',"sent_text":' || to_json(entry.sent_text)::text END,
    '}');

-- Undoes the statement that calls it: a try that is waived for another one is waived only together with its beginning.
CREATE FUNCTION waived_for_nothing() RETURNS boolean LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'a try was waived, but the next one could not begin' USING ERRCODE = 'serialization_failure';
END
$$;
