-- Keeps the highest version of each key, whatever the order in which counts come, and what it tells more of than the one
-- before, by the hour in which it is told. The caller holds the runs: nobody else changes their counts meanwhile.
WITH told AS (
  SELECT DISTINCT ON (campaign_id, run, device_id) *
    FROM unnest($1::uuid[], $2::integer[], $3::uuid[], $4::text[], $5::bigint[],
                $6::bigint[], $7::bigint[], $8::bigint[], $9::bigint[], $10::bigint[], $11::bigint[], $12::bigint[],
                $13::bigint[], $14::bigint[], $15::text[])
         AS told (campaign_id, run, device_id, user_id, version,
                  stored, pending, processing, sent, failed, cancelled, unknown, delivered, read, reasons)
   ORDER BY campaign_id, run, device_id, version DESC
), before AS (
  SELECT p.campaign_id, p.run, p.device_id, p.sent, p.failed
    FROM told
    JOIN campaign_progress p USING (campaign_id, run, device_id)
), kept AS (
  INSERT INTO campaign_progress AS known
         (campaign_id, run, device_id, user_id, version,
          stored, pending, processing, sent, failed, cancelled, unknown, delivered, read, reasons)
  SELECT campaign_id, run, device_id, user_id, version,
         stored, pending, processing, sent, failed, cancelled, unknown, delivered, read, reasons::jsonb
    FROM told
  ON CONFLICT (campaign_id, run, device_id) DO UPDATE
     SET version = excluded.version, stored = excluded.stored, pending = excluded.pending,
         processing = excluded.processing, sent = excluded.sent, failed = excluded.failed,
         cancelled = excluded.cancelled, unknown = excluded.unknown, delivered = excluded.delivered, read = excluded.read,
         reasons = excluded.reasons
   WHERE known.version < excluded.version
  RETURNING campaign_id, run, device_id, sent, failed
)
INSERT INTO run_hours AS hours (campaign_id, run, hour, sent, failed)
SELECT kept.campaign_id, kept.run, date_trunc('hour', clock_timestamp(), 'UTC'),
       sum(kept.sent - coalesce(before.sent, 0)), sum(kept.failed - coalesce(before.failed, 0))
  FROM kept
  LEFT JOIN before USING (campaign_id, run, device_id)
 GROUP BY kept.campaign_id, kept.run
HAVING sum(kept.sent - coalesce(before.sent, 0)) <> 0 OR sum(kept.failed - coalesce(before.failed, 0)) <> 0
 ORDER BY 1, 2
ON CONFLICT (campaign_id, run, hour) DO UPDATE
   SET sent = hours.sent + excluded.sent, failed = hours.failed + excluded.failed
