-- Takes replies (at most $1) whose sender is to be asked for and not known by now, and sets the next time of each: every instance asks for others,
-- and a crash delays the question by one pause. After $2 hours nobody asks any more; a new fact may still tell. Answers those
-- whose device is of a platform ($3) that can be asked; the others only wait for a new fact, and take no place.
-- A host that is slow to answer takes the place of no other: at most $4 of one host, less the questions ($6) that are under way
-- at it ($5) already. A host whose breaker is open is asked nothing, and what is due there stays due.
WITH busy AS MATERIALIZED (
  SELECT host, $4::int - questions AS room FROM unnest($5::text[], $6::int[]) AS b (host, questions)
), candidate AS MATERIALIZED (
  -- Oldest first; a thousand are enough to find some of each host, since one that is full is not among them.
  SELECT hidden.id, d.host, d.id IS NOT NULL AS can_be_asked, hidden.resolve_at AS due_at,
    coalesce(busy.room, $4::int) AS room
  FROM inbound_messages hidden
    LEFT JOIN devices d ON d.id = hidden.device_id AND NOT d.deleted AND d.platform = ANY ($3::text[])
    LEFT JOIN busy ON busy.host = d.host
  WHERE hidden.resolve_at <= statement_timestamp() AND coalesce(busy.room > 0, true)
    AND NOT EXISTS (SELECT FROM lid_phones known WHERE known.device_id = hidden.device_id AND known.lid = hidden.lid)
    AND NOT EXISTS (SELECT FROM platform_hosts h WHERE h.host = d.host AND h.open_since IS NOT NULL)
  ORDER BY hidden.resolve_at LIMIT 1000
), fair AS MATERIALIZED (
  SELECT *, row_number() OVER (PARTITION BY host, can_be_asked ORDER BY due_at) AS nth FROM candidate
), asked AS MATERIALIZED (
  SELECT hidden.id, fair.host FROM fair JOIN inbound_messages hidden USING (id)
  WHERE can_be_asked AND nth <= room AND hidden.resolve_at <= statement_timestamp()
  ORDER BY due_at LIMIT $1::int
  FOR UPDATE OF hidden SKIP LOCKED
), others AS MATERIALIZED (
  SELECT hidden.id FROM fair JOIN inbound_messages hidden USING (id)
  WHERE NOT can_be_asked AND hidden.resolve_at <= statement_timestamp()
  FOR UPDATE OF hidden SKIP LOCKED
), claimed AS (
  UPDATE inbound_messages hidden SET
    failures = failures + 1,
    resolve_at = CASE WHEN received_at > clock_timestamp() - $2::int * interval '1 hour'
      THEN clock_timestamp() + least(power(2, least(failures, 12)) * interval '30 seconds', interval '1 hour') END
  WHERE id IN (SELECT id FROM asked UNION ALL SELECT id FROM others)
  RETURNING hidden.id, hidden.device_id, hidden.lid
)
SELECT DISTINCT claimed.device_id, claimed.lid, asked.host FROM claimed JOIN asked USING (id)
