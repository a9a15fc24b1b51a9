-- The records of common-model that SQL writes here: what is told again (R__tell-again.sql). WireRecordsTest compares them with the
-- golden files. Fields stand in the order of the Java records; what is null is left out; what people wrote goes through to_json, which quotes it.

-- Whether what a sequence has queued may be sent (topic plans): Sequence.plan(), of its row.
CREATE OR REPLACE FUNCTION plan_record(s sequences) RETURNS text LANGUAGE sql STABLE
  RETURN concat(
    '{"id":"', s.id, '","kind":"sequence","user_id":', to_json(s.user_id), ',"status":"',
    CASE WHEN s.deleted_at IS NOT NULL THEN 'cancelled' WHEN s.status = 'active' THEN 'active' ELSE 'paused' END,
    '","run":0,"title":', to_json(s.name), ',"version":', s.version, ',"deleted":', (s.deleted_at IS NOT NULL)::text,
    ',"once_per_phone":false}');

-- That the contact of a message has left (topic broadcast-messages).
CREATE OR REPLACE FUNCTION withdraw_record(message_id uuid, user_id text, device_id uuid) RETURNS text LANGUAGE sql STABLE
  RETURN concat(
    '{"record":"withdraw","id":"', message_id, '","user_id":', to_json(user_id), ',"device_id":"', device_id, '"}');

-- That the timeline which an assignment began has ended (topic lead-commands).
CREATE OR REPLACE FUNCTION remove_trigger_record(id uuid, user_id text, lead_id uuid, trigger text, assignment bigint)
  RETURNS text LANGUAGE sql STABLE
  RETURN concat(
    '{"record":"remove_trigger","id":"', id, '","user_id":', to_json(user_id), ',"lead_id":"', lead_id,
    '","trigger":', to_json(trigger), ',"assignment":', assignment, '}');

-- That a lead is to carry a trigger (topic lead-commands).
CREATE OR REPLACE FUNCTION add_trigger_record(id uuid, user_id text, lead_id uuid, trigger text, used_up_to bigint)
  RETURNS text LANGUAGE sql STABLE
  RETURN concat(
    '{"record":"add_trigger","id":"', id, '","user_id":', to_json(user_id), ',"lead_id":"', lead_id,
    '","trigger":', to_json(trigger), ',"used_up_to":', used_up_to, '}');
