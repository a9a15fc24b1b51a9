-- Takes replies (at most $1) whose sender is to be asked for and not known by now, and sets the next time of each: every instance asks for others,
-- and a crash delays the question by one pause. After $2 hours nobody asks any more; a new fact may still tell.
UPDATE inbound_messages SET
  failures = failures + 1,
  resolve_at = CASE WHEN received_at > clock_timestamp() - $2::int * interval '1 hour'
    THEN clock_timestamp() + least(power(2, least(failures, 12)) * interval '30 seconds', interval '1 hour') END
WHERE id IN (
  SELECT id FROM inbound_messages hidden
  WHERE resolve_at <= clock_timestamp()
    AND NOT EXISTS (SELECT FROM lid_phones known WHERE known.device_id = hidden.device_id AND known.lid = hidden.lid)
  ORDER BY resolve_at LIMIT $1::int
  FOR UPDATE SKIP LOCKED)
RETURNING device_id, lid
