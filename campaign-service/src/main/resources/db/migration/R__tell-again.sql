-- For an operator, after databases came back from a backup or topics were lost (docs/operations.md): has everything that others
-- keep of this service told again. What was acknowledged by Kafka and not read by everybody is nowhere else, and what does not change
-- would never be on the compacted topics again.
-- Versions rise by a million: others may know higher ones than stand here, and would pass over every change until these had
-- caught up. Nothing changes so often between the moment of one database and that of another.
-- Called while the service does not run. In parts that are committed, so that it may be called once more after it was broken off. Rows are
-- found behind a key and changed by where they lie: no plan reads the whole table for each part.
--   since: how far back others may not have read; snapshots are told whatever their age, and nothing else is told here
CREATE OR REPLACE PROCEDURE tell_again(since interval DEFAULT '7 days') LANGUAGE plpgsql AS $$
DECLARE
  most     CONSTANT integer := 5000;
  further  CONSTANT bigint := 1000000;
  of_user  text := '';
  behind   uuid := '00000000-0000-0000-0000-000000000000';
  behind_text text := '';
BEGIN
  -- The same of the numbers of triggers: one that is given again must not have the number of a walk that sequence-service knows. What is
  -- carried keeps its own, or it would let the lead in once more.
  LOOP
    WITH raised AS (
      UPDATE lead_triggers t SET assignment = t.assignment + further
       WHERE t.ctid = ANY (ARRAY(
             SELECT p.ctid FROM lead_triggers p
              WHERE NOT p.present AND (p.user_id, p.lead_id, p.trigger) > (of_user, behind, behind_text)
              ORDER BY p.user_id, p.lead_id, p.trigger LIMIT most))
      RETURNING t.user_id, t.lead_id, t.trigger
    )
    SELECT user_id, lead_id, trigger INTO of_user, behind, behind_text FROM raised ORDER BY 1 DESC, 2 DESC, 3 DESC LIMIT 1;
    EXIT WHEN NOT FOUND;
    COMMIT;
  END LOOP;
  of_user := '';
  behind := '00000000-0000-0000-0000-000000000000';
  behind_text := '';
  -- Erased people have no snapshot: who comes back is told with a version above all that was.
  UPDATE erased_people SET version = version + further;
  LOOP
    WITH raised AS (
      UPDATE suppressions s SET version = s.version + further
       WHERE s.ctid = ANY (ARRAY(
             SELECT p.ctid FROM suppressions p WHERE (p.user_id, p.phone) > (of_user, behind_text)
              ORDER BY p.user_id, p.phone LIMIT most))
      RETURNING s AS entry
    ), told AS (
      INSERT INTO outbox (topic, key, payload)
      SELECT 'suppressions', (entry).user_id || ':' || (entry).phone, suppression_record(entry) FROM raised
    )
    SELECT (entry).user_id, (entry).phone INTO of_user, behind_text FROM raised ORDER BY 1 DESC, 2 DESC LIMIT 1;
    EXIT WHEN NOT FOUND;
    COMMIT;
  END LOOP;
  LOOP
    WITH raised AS (
      UPDATE campaigns c SET version = c.version + further
       WHERE c.ctid = ANY (ARRAY(
             SELECT p.ctid FROM campaigns p WHERE p.id > behind ORDER BY p.id LIMIT most))
      RETURNING c AS entry
    ), told AS (
      INSERT INTO outbox (topic, key, payload) SELECT 'plans', (entry).id::text, plan_record(entry) FROM raised
    )
    SELECT (entry).id INTO behind FROM raised ORDER BY 1 DESC LIMIT 1;
    EXIT WHEN NOT FOUND;
    COMMIT;
  END LOOP;
  of_user := '';
  behind := '00000000-0000-0000-0000-000000000000';
  LOOP
    -- By the way of their own: a million of them stand before nobody's cancel.
    WITH raised AS (
      UPDATE leads l SET version = l.version + further
       WHERE l.ctid = ANY (ARRAY(
             SELECT p.ctid FROM leads p WHERE (p.user_id, p.id) > (of_user, behind)
              ORDER BY p.user_id, p.id LIMIT most))
      RETURNING l.user_id, l.id, l.version
    ), told AS (
      INSERT INTO lead_news (user_id, lead_id, version) SELECT user_id, id, version FROM raised ORDER BY 1, 2
      ON CONFLICT (user_id, lead_id) DO UPDATE SET version = excluded.version
    )
    SELECT user_id, id INTO of_user, behind FROM raised ORDER BY 1 DESC, 2 DESC LIMIT 1;
    EXIT WHEN NOT FOUND;
    COMMIT;
  END LOOP;
END
$$;
