-- Plans are made once a connection and last: they have to be right for what comes (docs/adr/0011).

-- The indexes of lists are out of the engines' reach: an index with a condition serves only those who ask for what it says,
-- and engines ask by id. Where PostgreSQL believes a month to be empty, it takes any index that has the id in it for as good
-- as the primary key. The condition holds of every row.
DROP INDEX broadcast_messages_of_user;
DROP INDEX broadcast_messages_of_device;
DROP INDEX broadcast_messages_of_person;
CREATE INDEX broadcast_messages_of_user ON broadcast_messages (user_id, id) WHERE user_id IS NOT NULL;
CREATE INDEX broadcast_messages_of_device ON broadcast_messages (device_id, id) WHERE device_id IS NOT NULL;
CREATE INDEX broadcast_messages_of_person ON broadcast_messages (user_id, recipient_phone, id) WHERE user_id IS NOT NULL;

-- What joins the changed rows with themselves was planned for the first change of a connection, which was of few: it would
-- compare each with each, and take half a second for a batch of 800.
ALTER FUNCTION tell_of_changed_messages() SET enable_nestloop = off;
ALTER FUNCTION keep_facts() SET enable_nestloop = off;
ALTER FUNCTION open_months_of_changed_messages() SET enable_nestloop = off;

-- Replaces the one of V0017: of nothing but what is stable within its statement, so that PostgreSQL makes it part of the
-- statement that calls it. As a call of its own it took half of what settling a message takes.
CREATE OR REPLACE FUNCTION message_status(m broadcast_messages) RETURNS text
  LANGUAGE sql STABLE
  RETURN concat(
    '{"message_id":"', m.id, '","version":', m.version, ',"status":"', m.status, '","kind":"', m.kind,
    '","user_id":', to_json(m.user_id), ',"device_id":"', m.device_id, '","run":', m.run,
    ',"try_no":', m.try_no, ',"attempts":', m.attempts, ',"occurred_at":"', rfc3339(statement_timestamp()), '"',
    ',"lead_id":"' || m.lead_id || '"', ',"campaign_id":"' || m.campaign_id || '"',
    ',"sequence_id":"' || m.sequence_id || '"', ',"sequence_stepid":"' || m.sequence_stepid || '"',
    ',"contact_id":"' || m.contact_id || '"', ',"failure_reason":"' || m.failure_reason || '"',
    ',"sent_at":"' || rfc3339(m.sent_at) || '"', ',"delivered_at":"' || rfc3339(m.delivered_at) || '"',
    ',"read_at":"' || rfc3339(m.read_at) || '"', '}');
