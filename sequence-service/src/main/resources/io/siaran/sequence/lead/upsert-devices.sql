-- Stores snapshots of devices, unless a version at least as high is there. A device never changes its user. Safe to repeat.
INSERT INTO devices AS known (id, user_id, status, time_zone, version, deleted, deleted_at)
SELECT id, user_id, status, time_zone, version, deleted, CASE WHEN deleted THEN statement_timestamp() END
FROM unnest($1::uuid[], $2::text[], $3::text[], $4::text[], $5::bigint[], $6::boolean[])
  AS given (id, user_id, status, time_zone, version, deleted)
ORDER BY id
ON CONFLICT (id) DO UPDATE SET
  status = excluded.status, time_zone = excluded.time_zone, version = excluded.version, deleted = excluded.deleted,
  deleted_at = CASE WHEN excluded.deleted THEN coalesce(known.deleted_at, excluded.deleted_at) END
WHERE known.version < excluded.version
