-- For an operator, after databases came back from a backup or topics were lost (docs/operations.md): has what others keep of the queue
-- told again. What was acknowledged by Kafka and not read by everybody is nowhere else.
-- Versions rise by a million: campaign-service may know higher ones than stand here, and would pass over every count until these had caught
-- up. Nothing changes so often between the moment of one database and that of another. For the same reason events go on a billion further:
-- who reads them behind a number may have one that is not given yet, and would miss all up to it.
-- Called while the service does not run. In parts that are committed, so that it may be called once more after it was broken off. Rows are
-- found behind a key and changed by where they lie: no plan reads the whole table for each part.
--   since: as in the other databases; nothing here is told by its age
CREATE OR REPLACE PROCEDURE tell_again(since interval DEFAULT '7 days') LANGUAGE plpgsql AS $$
DECLARE
  most     CONSTANT integer := 5000;
  campaign uuid := '00000000-0000-0000-0000-000000000000';
  of_run   integer := 0;
  device   uuid := '00000000-0000-0000-0000-000000000000';
BEGIN
  UPDATE event_listeners SET last_position = last_position + 1000000000;
  LOOP
    WITH raised AS (
      UPDATE campaign_counts c SET version = c.version + 1000000
      WHERE c.ctid = ANY (ARRAY(
        SELECT p.ctid FROM campaign_counts p WHERE (p.campaign_id, p.run, p.device_id) > (campaign, of_run, device)
        ORDER BY p.campaign_id, p.run, p.device_id LIMIT most))
      RETURNING c AS counts
    ), told AS (
      INSERT INTO outbox (topic, key, payload)
      SELECT 'campaign-progress', concat_ws(':', (counts).campaign_id, (counts).run, (counts).device_id),
        campaign_progress_record(counts)
      FROM raised
    )
    SELECT (counts).campaign_id, (counts).run, (counts).device_id INTO campaign, of_run, device
    FROM raised ORDER BY 1 DESC, 2 DESC, 3 DESC LIMIT 1;
    EXIT WHEN NOT FOUND;
    COMMIT;
  END LOOP;
END
$$;
