-- What measuring the release showed: see docs/adr/0011.

-- One index of what is in flight, for the window of a device and for recalls: there are at most some thousands of entries,
-- so recalls read them all. With an index of recall_at beside it the planner, which never sees many messages in flight in
-- its statistics, counted a device's messages by reading everybody's.
DROP INDEX broadcast_messages_recall;
DROP INDEX broadcast_messages_in_flight;
CREATE INDEX broadcast_messages_in_flight ON broadcast_messages (device_id, recall_at) WHERE status = 'processing';

-- The record MessageStatus of common-model. Put together by hand: json_build_object takes four times as long. What is null
-- is left out, as concat does; what people wrote goes through to_json, which quotes it.
CREATE OR REPLACE FUNCTION message_status(m broadcast_messages) RETURNS text
  LANGUAGE sql STABLE
  RETURN concat(
    '{"message_id":"', m.id, '","version":', m.version, ',"status":"', m.status, '","kind":"', m.kind,
    '","user_id":', to_json(m.user_id), ',"device_id":"', m.device_id, '","run":', m.run,
    ',"try_no":', m.try_no, ',"attempts":', m.attempts, ',"occurred_at":"', rfc3339(clock_timestamp()), '"',
    ',"lead_id":"' || m.lead_id || '"', ',"campaign_id":"' || m.campaign_id || '"',
    ',"sequence_id":"' || m.sequence_id || '"', ',"sequence_stepid":"' || m.sequence_stepid || '"',
    ',"contact_id":"' || m.contact_id || '"', ',"failure_reason":"' || m.failure_reason || '"',
    ',"sent_at":"' || rfc3339(m.sent_at) || '"', ',"delivered_at":"' || rfc3339(m.delivered_at) || '"',
    ',"read_at":"' || rfc3339(m.read_at) || '"', '}');
