-- For an operator, after databases came back from a backup or topics were lost (docs/operations.md): has what others keep of the devices
-- told again, and what people wrote lately. What was acknowledged by Kafka and not read by everybody is nowhere else: a STOP among it.
-- Versions rise by a million: others may know higher ones than stand here, and would pass over every change until these had caught up.
-- Nothing changes so often between the moment of one database and that of another.
-- Called while the service does not run. In parts that are committed, so that it may be called once more after it was broken off. Rows are
-- found behind a key and changed by where they lie: no plan reads the whole table for each part.
--   since: how far back others may not have read what people wrote; who knows a reply passes over it
CREATE OR REPLACE PROCEDURE tell_again(since interval DEFAULT '7 days') LANGUAGE plpgsql AS $$
DECLARE
  most   CONSTANT integer := 5000;
  behind uuid := '00000000-0000-0000-0000-000000000000';
  heard  timestamptz := clock_timestamp() - since;
BEGIN
  LOOP
    WITH raised AS (
      UPDATE devices d SET version = d.version + 1000000
      WHERE d.ctid = ANY (ARRAY(SELECT p.ctid FROM devices p WHERE p.id > behind ORDER BY p.id LIMIT most))
      RETURNING d AS entry
    ), told AS (
      INSERT INTO outbox (topic, key, payload) SELECT 'devices', (entry).id::text, device_snapshot(entry) FROM raised
    )
    SELECT (entry).id INTO behind FROM raised ORDER BY 1 DESC LIMIT 1;
    EXIT WHEN NOT FOUND;
    COMMIT;
  END LOOP;
  behind := '00000000-0000-0000-0000-000000000000';
  LOOP
    -- In the order in which they came.
    WITH known AS MATERIALIZED (
      SELECT r AS entry, r.received_at, r.id FROM inbound_messages r
      WHERE (r.received_at, r.id) > (heard, behind) ORDER BY r.received_at, r.id LIMIT most
    ), told AS (
      INSERT INTO outbox (topic, key, payload)
      SELECT 'inbound-messages', (entry).device_id::text, inbound_message(entry) FROM known
      WHERE (entry).phone IS NOT NULL ORDER BY received_at, id
    )
    SELECT received_at, id INTO heard, behind FROM known ORDER BY 1 DESC, 2 DESC LIMIT 1;
    EXIT WHEN NOT FOUND;
    COMMIT;
  END LOOP;
END
$$;
