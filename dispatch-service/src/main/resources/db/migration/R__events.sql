-- Facts become events by the transaction that makes them true: here, whoever changes them, and only for tenants who listen. Each
-- function asks first whether anybody does, so that where nobody does it costs one look at an index.

-- An event of each kind that this change of messages is; of one that is several, in the order in which they happen.
CREATE OR REPLACE FUNCTION message_event(m broadcast_messages) RETURNS text LANGUAGE plpgsql STABLE AS $$
BEGIN
  RETURN json_strip_nulls(json_build_object(
    'message_id', m.id, 'kind', m.kind, 'status', m.status, 'device_id', m.device_id, 'lead_id', m.lead_id,
    'campaign_id', m.campaign_id, 'run', nullif(m.run, 0), 'sequence_id', m.sequence_id,
    'sequence_stepid', m.sequence_stepid, 'recipient_phone', m.recipient_phone, 'recipient_name', m.recipient_name,
    'niche', m.niche, 'attempts', m.attempts, 'failure_reason', m.failure_reason, 'error_message', m.error_message,
    'provider_message_id', m.provider_message_id, 'scheduled_at', rfc3339(m.scheduled_at), 'sent_at', rfc3339(m.sent_at),
    'delivered_at', rfc3339(m.delivered_at), 'read_at', rfc3339(m.read_at)))::text;
END $$;

CREATE OR REPLACE FUNCTION tell_new_messages() RETURNS trigger LANGUAGE plpgsql
  SET enable_sort = on AS $$
BEGIN
  IF EXISTS (SELECT FROM event_listeners WHERE listening) THEN
    INSERT INTO new_events (user_id, type, subject, data)
    SELECT n.user_id, 'message.' || n.status, n.id, message_event(n)
    FROM (SELECT * FROM new_rows WHERE status IN ('failed', 'cancelled')) AS n
    JOIN event_listeners AS l ON l.user_id = n.user_id AND l.listening
    WHERE n.kind <> 'test'
    ORDER BY n.id;
  END IF;
  RETURN NULL;
END $$;

CREATE OR REPLACE TRIGGER tell_new_messages AFTER INSERT ON broadcast_messages
  REFERENCING NEW TABLE AS new_rows
  FOR EACH STATEMENT EXECUTE FUNCTION tell_new_messages();

CREATE OR REPLACE FUNCTION tell_changed_messages() RETURNS trigger LANGUAGE plpgsql
  SET enable_hashjoin = on SET enable_sort = on SET enable_nestloop = off AS $$
BEGIN
  IF EXISTS (SELECT FROM event_listeners WHERE listening)
     AND EXISTS (SELECT FROM new_rows WHERE status NOT IN ('pending', 'processing')) THEN
    INSERT INTO new_events (user_id, type, subject, data)
    SELECT n.user_id, e.type, n.id, message_event(n)
    FROM new_rows AS n
    JOIN old_rows AS o USING (id)
    JOIN event_listeners AS l ON l.user_id = n.user_id AND l.listening
    CROSS JOIN LATERAL (VALUES
      (1, 'message.' || n.status, n.status <> o.status AND n.status IN ('sent', 'failed', 'unknown', 'cancelled')),
      (2, 'message.delivered', n.delivered_at IS NOT NULL AND o.delivered_at IS NULL),
      (3, 'message.read', n.read_at IS NOT NULL AND o.read_at IS NULL)
    ) AS e (place, type, holds)
    WHERE e.holds AND n.kind <> 'test'
    ORDER BY n.id, e.place;
  END IF;
  RETURN NULL;
END $$;

CREATE OR REPLACE TRIGGER tell_changed_messages AFTER UPDATE ON broadcast_messages
  REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows
  FOR EACH STATEMENT EXECUTE FUNCTION tell_changed_messages();

-- For the few facts of the others: an event of this user, if it listens.
CREATE OR REPLACE FUNCTION tell(whose text, what text, about text, fact json) RETURNS void LANGUAGE sql AS $$
  INSERT INTO new_events (user_id, type, subject, data)
  SELECT whose, what, about, json_strip_nulls(fact)::text
  FROM event_listeners WHERE user_id = whose AND listening
$$;

-- A row, and only where the status is written: the queue changes rows of devices all the time. A device that is restricted goes on
-- answering, so its status here may stay as it was: what tells is the hold that its snapshot brings.
CREATE OR REPLACE FUNCTION tell_device() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'INSERT' OR NEW.status IS DISTINCT FROM OLD.status THEN
    PERFORM tell(NEW.user_id, 'device.' || NEW.status, NEW.device_id::text, json_build_object(
      'device_id', NEW.device_id, 'name', NEW.name, 'status', NEW.status));
  END IF;
  IF NEW.cold_hold_reason = 'restricted' AND (TG_OP = 'INSERT' OR OLD.cold_hold_reason IS DISTINCT FROM 'restricted') THEN
    PERFORM tell(NEW.user_id, 'device.restricted', NEW.device_id::text, json_build_object(
      'device_id', NEW.device_id, 'name', NEW.name, 'status', 'restricted', 'until', rfc3339(NEW.cold_held_until)));
  END IF;
  RETURN NULL;
END $$;

CREATE OR REPLACE TRIGGER tell_new_device AFTER INSERT ON device_queue
  FOR EACH ROW WHEN (NEW.status IS NOT NULL AND NOT NEW.deleted) EXECUTE FUNCTION tell_device();
CREATE OR REPLACE TRIGGER tell_changed_device AFTER UPDATE OF status, cold_hold_reason ON device_queue
  FOR EACH ROW WHEN (((NEW.status IS DISTINCT FROM OLD.status) OR (NEW.cold_hold_reason IS DISTINCT FROM OLD.cold_hold_reason))
    AND NEW.status IS NOT NULL AND NOT NEW.deleted)
  EXECUTE FUNCTION tell_device();

CREATE OR REPLACE FUNCTION tell_campaign() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM tell(NEW.user_id, 'campaign.' || NEW.status, NEW.id::text, json_build_object(
    'campaign_id', NEW.id, 'title', NEW.title, 'run', NEW.run, 'status', NEW.status));
  RETURN NULL;
END $$;

-- Not of a row that begins with its end: each campaign is told of when it is made, so only a topic that was compacted says so, of
-- what was long ago.
CREATE OR REPLACE TRIGGER tell_campaign AFTER UPDATE OF status ON plans
  FOR EACH ROW WHEN (NEW.kind = 'campaign' AND NEW.status IS DISTINCT FROM OLD.status AND NEW.status IN ('completed', 'failed'))
  EXECUTE FUNCTION tell_campaign();

-- A run is triggered when the first of its messages is counted: its plan looks the same before and after.
CREATE OR REPLACE FUNCTION tell_triggered_campaigns() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF EXISTS (SELECT FROM event_listeners WHERE listening) THEN
    PERFORM tell(r.user_id, 'campaign.triggered', r.campaign_id::text, json_build_object(
      'campaign_id', r.campaign_id, 'title', (SELECT p.title FROM plans AS p WHERE p.id = r.campaign_id), 'run', r.run))
    FROM (SELECT campaign_id, run, user_id, count(*) AS devices FROM new_rows GROUP BY campaign_id, run, user_id) AS r
    WHERE r.devices = (SELECT count(*) FROM campaign_counts AS c WHERE c.campaign_id = r.campaign_id AND c.run = r.run);
  END IF;
  RETURN NULL;
END $$;

CREATE OR REPLACE TRIGGER tell_triggered_campaigns AFTER INSERT ON campaign_counts
  REFERENCING NEW TABLE AS new_rows
  FOR EACH STATEMENT EXECUTE FUNCTION tell_triggered_campaigns();

CREATE OR REPLACE FUNCTION tell_opt_out() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM tell(NEW.user_id, 'lead.opted_out', NEW.phone, json_build_object('phone', NEW.phone));
  RETURN NULL;
END $$;

CREATE OR REPLACE TRIGGER tell_new_opt_out AFTER INSERT ON suppressions
  -- The phone that stands for everybody who was erased is nobody's.
  FOR EACH ROW WHEN (NOT NEW.deleted AND NEW.phone <> '9990000000000') EXECUTE FUNCTION tell_opt_out();
CREATE OR REPLACE TRIGGER tell_opt_out AFTER UPDATE OF deleted ON suppressions
  FOR EACH ROW WHEN (OLD.deleted AND NOT NEW.deleted) EXECUTE FUNCTION tell_opt_out();

CREATE OR REPLACE FUNCTION tell_reply() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM tell(NEW.user_id, 'message.received', NEW.phone, json_build_object(
    'inbound_message_id', NEW.id, 'device_id', NEW.device_id, 'phone', NEW.phone, 'type', NEW.type, 'text', NEW.text,
    'at', rfc3339(NEW.at)));
  RETURN NULL;
END $$;

CREATE OR REPLACE TRIGGER tell_reply AFTER INSERT ON replies FOR EACH ROW EXECUTE FUNCTION tell_reply();

CREATE OR REPLACE FUNCTION tell_walk() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM tell(NEW.user_id, 'sequence.' || NEW.what, NEW.lead_id::text, json_build_object(
    'sequence_id', NEW.sequence_id, 'lead_id', NEW.lead_id, 'assignment', NEW.assignment, 'reason', NEW.reason,
    'at', rfc3339(NEW.at)));
  RETURN NULL;
END $$;

CREATE OR REPLACE FUNCTION tell_import() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM tell(NEW.user_id, 'import.completed', NEW.id::text, json_build_object(
    'import_id', NEW.id, 'status', NEW.status, 'failure', NEW.failure, 'lines', NEW.lines, 'created', NEW.created,
    'updated', NEW.updated, 'unchanged', NEW.unchanged, 'duplicate', NEW.duplicate, 'refused', NEW.refused, 'at', rfc3339(NEW.at)));
  RETURN NULL;
END $$;

CREATE OR REPLACE TRIGGER tell_import AFTER INSERT ON imports FOR EACH ROW EXECUTE FUNCTION tell_import();

CREATE OR REPLACE TRIGGER tell_walk AFTER INSERT ON walks FOR EACH ROW EXECUTE FUNCTION tell_walk();
