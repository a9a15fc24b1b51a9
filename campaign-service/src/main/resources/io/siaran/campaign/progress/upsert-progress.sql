-- Keeps the highest version of each key, whatever the order in which counts come.
INSERT INTO campaign_progress AS known
       (campaign_id, run, device_id, user_id, version,
        stored, pending, processing, sent, failed, cancelled, unknown, delivered, read)
SELECT DISTINCT ON (campaign_id, run, device_id) *
  FROM unnest($1::uuid[], $2::integer[], $3::uuid[], $4::text[], $5::bigint[],
              $6::bigint[], $7::bigint[], $8::bigint[], $9::bigint[], $10::bigint[], $11::bigint[], $12::bigint[],
              $13::bigint[], $14::bigint[])
       AS told (campaign_id, run, device_id, user_id, version,
                stored, pending, processing, sent, failed, cancelled, unknown, delivered, read)
 ORDER BY campaign_id, run, device_id, version DESC
ON CONFLICT (campaign_id, run, device_id) DO UPDATE
   SET version = excluded.version, stored = excluded.stored, pending = excluded.pending,
       processing = excluded.processing, sent = excluded.sent, failed = excluded.failed,
       cancelled = excluded.cancelled, unknown = excluded.unknown, delivered = excluded.delivered, read = excluded.read
 WHERE known.version < excluded.version
