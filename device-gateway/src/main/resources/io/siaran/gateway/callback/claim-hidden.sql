-- Takes replies (at most $1) whose sender is to be asked for and not known by now, and sets the next time of each: every instance asks for others,
-- and a crash delays the question by one pause. After $2 hours nobody asks any more; a new fact may still tell. Answers those
-- whose device is of a platform ($3) that can be asked; the others only wait for a new fact, and take no place.
-- No host takes the place of another, whether it is slow to answer or has much that is due: at most $4 of one host, less the
-- questions ($6) that are under way at it ($5) already. A host whose breaker is open is asked nothing, and what is due there stays due.
-- Usually all that is due is looked at. Where that is too much, each device that waits is visited once by index, however much it
-- waits for.
WITH RECURSIVE busy AS MATERIALIZED (
  SELECT host, $4::int - questions AS room FROM unnest($5::text[], $6::int[]) AS b (host, questions)
), oldest AS MATERIALIZED (
  SELECT id, device_id, resolve_at FROM inbound_messages
  WHERE resolve_at <= statement_timestamp() ORDER BY resolve_at LIMIT 1000
), visited AS (
  (SELECT device_id, resolve_at FROM inbound_messages
    WHERE resolve_at IS NOT NULL AND (SELECT count(*) FROM oldest) = 1000
    ORDER BY device_id, resolve_at LIMIT 1)
  UNION ALL
  SELECT next.device_id, next.resolve_at FROM visited CROSS JOIN LATERAL (
    SELECT i.device_id, i.resolve_at FROM inbound_messages i
    WHERE i.resolve_at IS NOT NULL AND i.device_id > visited.device_id
    ORDER BY i.device_id, i.resolve_at LIMIT 1) AS next
), due AS (
  SELECT device_id, min(resolve_at) AS since FROM (
    SELECT device_id, resolve_at FROM oldest
    UNION ALL
    SELECT device_id, resolve_at FROM visited WHERE resolve_at <= statement_timestamp()) AS seen
  GROUP BY device_id
), device AS MATERIALIZED (
  SELECT d.id, d.host, d.user_id, coalesce(busy.room, $4::int) AS room,
    row_number() OVER (PARTITION BY d.host ORDER BY due.since) AS nth
  FROM due
    JOIN devices d ON d.id = due.device_id AND NOT d.deleted AND d.platform = ANY ($3::text[])
    LEFT JOIN busy ON busy.host = d.host
  WHERE coalesce(busy.room > 0, true)
    AND NOT EXISTS (SELECT FROM platform_hosts h WHERE h.host = d.host AND h.open_since IS NOT NULL)
), candidate AS MATERIALIZED (
  -- The oldest of a host are of those of its devices that have waited longest. A range of the index by device says that no other
  -- index is gone through for it.
  SELECT hidden.id, device.host, device.user_id, device.room,
    row_number() OVER (PARTITION BY device.host ORDER BY hidden.resolve_at) AS nth
  FROM device CROSS JOIN LATERAL (
    SELECT i.id, i.resolve_at FROM inbound_messages i
    WHERE i.resolve_at IS NOT NULL
      AND (i.device_id, i.resolve_at) BETWEEN (device.id, '-infinity'::timestamptz) AND (device.id, statement_timestamp())
      AND NOT EXISTS (SELECT FROM lid_phones known WHERE known.device_id = i.device_id AND known.lid = i.lid)
    ORDER BY i.device_id, i.resolve_at LIMIT $4::int) AS hidden
  WHERE device.nth <= device.room
), placed AS MATERIALIZED (
  -- And no user that of another, with however many hosts: what one user's devices wait for has an order of its own.
  SELECT id, host, row_number() OVER (PARTITION BY user_id ORDER BY nth, random()) AS place
  FROM candidate WHERE nth <= room
), asked AS MATERIALIZED (
  -- One of each user before the second of any, and of each user's hosts as well; where the users are more than the places, who comes
  -- first is drawn.
  SELECT hidden.id, placed.host FROM placed JOIN inbound_messages hidden USING (id)
  WHERE hidden.resolve_at <= statement_timestamp()
  ORDER BY place, random() LIMIT $1::int
  FOR UPDATE OF hidden SKIP LOCKED
), others AS MATERIALIZED (
  SELECT hidden.id FROM oldest JOIN inbound_messages hidden USING (id)
  WHERE hidden.resolve_at <= statement_timestamp()
    AND NOT EXISTS (SELECT FROM devices d WHERE d.id = hidden.device_id AND NOT d.deleted AND d.platform = ANY ($3::text[]))
    AND NOT EXISTS (SELECT FROM lid_phones known WHERE known.device_id = hidden.device_id AND known.lid = hidden.lid)
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
