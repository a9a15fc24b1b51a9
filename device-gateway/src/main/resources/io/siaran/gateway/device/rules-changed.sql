-- All devices of a user ($1) are another version, since it asks something else of them. Locked in the order of their ids.
WITH own AS MATERIALIZED (
  SELECT id FROM devices WHERE user_id = $1::text AND NOT deleted ORDER BY id FOR UPDATE
)
UPDATE devices d SET version = d.version + 1 FROM own WHERE d.id = own.id
RETURNING d.*
