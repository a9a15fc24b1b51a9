-- Devices ($1) of which there is news, as they are now, locked in order of id until their news is written.
SELECT id, version, condition, status_since, status_reason, held_until, refusal_cause, failed_checks, unreachable_since, last_seen
FROM devices WHERE id = ANY ($1::uuid[]) AND NOT deleted
ORDER BY id
FOR UPDATE
