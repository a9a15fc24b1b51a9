-- For an operator, after databases came back from a backup or topics were lost (docs/operations.md): has what others keep of this service
-- told again, and what it asked of them lately. What was acknowledged by Kafka and not read by everybody is nowhere else.
-- Versions of plans rise by a million: the queue may know a higher one than stands here, and would pass over every change until it had
-- caught up. Nothing changes so often between the moment of one database and that of another. The same the other way round: what is known
-- of a message counts for nothing, so that whatever the queue tells next of it is taken.
-- Called while the service does not run. In parts that are committed, so that it may be called once more after it was broken off. Rows are
-- found behind a key and changed by where they lie: no plan reads the whole table for each part.
--   since: how far back others may not have read. Walks that ended since then have their messages withdrawn and the triggers of their
--     leads changed once more; both are the same request as before, which whoever knows it passes over. Not more than 14 days, for which
--     campaign-service remembers what it was asked (its Housekeeping)
CREATE OR REPLACE PROCEDURE tell_again(since interval DEFAULT '7 days') LANGUAGE plpgsql AS $$
DECLARE
  most    CONSTANT integer := 2000;
  further CONSTANT bigint := 1000000;
  behind  uuid := '00000000-0000-0000-0000-000000000000';
  walks   uuid[];
BEGIN
  IF since > interval '14 days' THEN
    RAISE EXCEPTION 'since is %, and may be 14 days: campaign-service has forgotten which triggers it was asked to give before that', since
      USING ERRCODE = 'invalid_parameter_value';
  END IF;
  LOOP
    WITH raised AS (
      UPDATE sequences s SET version = s.version + further
      WHERE s.ctid = ANY (ARRAY(SELECT p.ctid FROM sequences p WHERE p.id > behind ORDER BY p.id LIMIT most))
      RETURNING s AS entry
    ), told AS (
      INSERT INTO outbox (topic, key, payload) SELECT 'plans', (entry).id::text, plan_record(entry) FROM raised
    )
    SELECT (entry).id INTO behind FROM raised ORDER BY 1 DESC LIMIT 1;
    EXIT WHEN NOT FOUND;
    COMMIT;
  END LOOP;
  behind := '00000000-0000-0000-0000-000000000000';
  LOOP
    walks := ARRAY(SELECT e.id FROM enrolments e WHERE e.id > behind ORDER BY e.id LIMIT most);
    EXIT WHEN walks = '{}';
    behind := walks[cardinality(walks)];
    UPDATE sequence_contacts c SET message_version = 0
    FROM enrolments e
    WHERE e.id = ANY (walks) AND e.status = 'open' AND c.enrolment_id = e.id AND c.message_id IS NOT NULL
      AND c.message_version > 0 AND c.status <> 'sent';
    -- As cancel-contacts.sql gives them.
    INSERT INTO outbox (topic, key, payload)
    SELECT 'broadcast-messages', c.processing_device_id::text, withdraw_record(c.message_id, c.user_id, c.processing_device_id)
    FROM enrolments e
    JOIN sequence_contacts c ON c.enrolment_id = e.id AND c.message_id IS NOT NULL
    WHERE e.id = ANY (walks) AND e.status = 'left' AND e.ended_at > statement_timestamp() - since
      AND c.processing_device_id IS NOT NULL AND c.status <> 'sent';
    -- As CompleteEnrolments tells them: of one lead the one walk's after the other's. A trigger that has let the lead in since was given, whoever
    -- has forgotten it: once more it would have the lead walk, and get everything, once more. Nor is one given of which nobody can say.
    INSERT INTO outbox (topic, key, payload)
    SELECT 'lead-commands', e.lead_id::text, asked.command
    FROM enrolments e
    CROSS JOIN LATERAL (
      SELECT 1 AS place, remove_trigger_record(lead_command_id(e.id, 'remove'), e.user_id, e.lead_id, e.trigger, e.assignment) AS command
      WHERE e.trigger IS NOT NULL
      UNION ALL
      SELECT 2, add_trigger_record(lead_command_id(e.id, 'add'), e.user_id, e.lead_id, e.chained_to, e.used_up_to)
      FROM used_up_to(e.lead_id, e.chained_to) now
      WHERE e.used_up_to >= now.assignment) asked
    WHERE e.id = ANY (walks) AND e.status = 'completed' AND e.ended_at > statement_timestamp() - since
    ORDER BY e.ended_at, e.id, asked.place;
    COMMIT;
  END LOOP;
END
$$;
