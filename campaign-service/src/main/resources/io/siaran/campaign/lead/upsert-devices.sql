-- Keeps the highest version of each device, whatever the order in which snapshots come.
INSERT INTO devices (id, user_id, name, status, version, deleted)
SELECT DISTINCT ON (id) id, user_id, name, status, version, deleted
FROM unnest($1::uuid[], $2::text[], $3::text[], $4::text[], $5::bigint[], $6::boolean[])
     AS told (id, user_id, name, status, version, deleted)
ORDER BY id, version DESC
ON CONFLICT (id) DO UPDATE
   SET name = excluded.name, status = excluded.status, version = excluded.version, deleted = excluded.deleted
 WHERE devices.version < excluded.version
   -- A device never changes user.
   AND devices.user_id = excluded.user_id
