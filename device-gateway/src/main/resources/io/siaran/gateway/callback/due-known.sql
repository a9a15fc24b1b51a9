-- The ids of due replies (at most $1) whose sender has become known, oldest first.
SELECT r.id FROM inbound_messages r JOIN lid_phones l ON l.device_id = r.device_id AND l.lid = r.lid
WHERE r.resolve_at <= statement_timestamp() AND r.phone IS NULL
ORDER BY r.resolve_at LIMIT $1::int
