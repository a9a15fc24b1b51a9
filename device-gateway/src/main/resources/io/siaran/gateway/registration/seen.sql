-- Devices ($1, of these versions: $2) whose platform says that they are connected, as they were before: they were seen, and
-- nothing else changes. Answers which; the others have to be judged one by one.
-- Locked in order of id, as all who lock several devices do.
UPDATE devices d SET last_seen = clock_timestamp(), failed_checks = 0, unreachable_since = NULL
FROM (
  SELECT known.id FROM unnest($1::uuid[], $2::bigint[]) AS seen (id, version) JOIN devices known USING (id)
  WHERE known.condition = 'online' AND known.version = seen.version AND NOT known.deleted
  ORDER BY known.id
  FOR UPDATE OF known) AS usual
WHERE d.id = usual.id
RETURNING d.id
