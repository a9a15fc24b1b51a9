-- Takes tries whose outcome is unknown and whose look-up is due, at most $1, and sets their next one: half a minute later,
-- then twice as long each time up to three hours, none after a day. Answers those whose device is of a platform ($2) that
-- can be asked; the others are never due again, and neither is an image without words, which nothing tells from another, unless
-- its platform ($6) finds a message by our id.
-- No host takes the place of another, whether it is slow to answer or has much that is due: at most $3 of one host, less the
-- questions ($5) that are under way at it ($4) already. A host whose breaker is open is asked nothing, and what is due there stays due.
-- Usually all that is due is looked at. Where that is too much, each device with unknown outcomes is visited once by index, however
-- many it has.
-- Safe on several instances: who does not get a row has nothing to do with it.
WITH RECURSIVE busy AS MATERIALIZED (
  SELECT host, $3::int - questions AS room FROM unnest($4::text[], $5::int[]) AS b (host, questions)
), oldest AS MATERIALIZED (
  SELECT j.message_id, j.try_no, j.device_id, coalesce(j.sent_text, '') <> '' AS has_words, coalesce(j.lookup_at, j.ended_at) AS due_at
  FROM send_journal j
  WHERE j.state = 'unknown' AND NOT j.superseded AND j.phone IS NOT NULL
    AND coalesce(j.lookup_at, j.ended_at) <= statement_timestamp() - interval '5 seconds'
  ORDER BY coalesce(j.lookup_at, j.ended_at) LIMIT 1000
), visited AS (
  (SELECT j.device_id, coalesce(j.lookup_at, j.ended_at) AS due_at FROM send_journal j
    WHERE j.state = 'unknown' AND NOT j.superseded AND j.phone IS NOT NULL AND coalesce(j.lookup_at, j.ended_at) < 'infinity'
      AND (SELECT count(*) FROM oldest) = 1000
    ORDER BY j.device_id, coalesce(j.lookup_at, j.ended_at) LIMIT 1)
  UNION ALL
  SELECT next.device_id, next.due_at FROM visited CROSS JOIN LATERAL (
    SELECT j.device_id, coalesce(j.lookup_at, j.ended_at) AS due_at FROM send_journal j
    WHERE j.state = 'unknown' AND NOT j.superseded AND j.phone IS NOT NULL AND coalesce(j.lookup_at, j.ended_at) < 'infinity'
      AND j.device_id > visited.device_id
    ORDER BY j.device_id, coalesce(j.lookup_at, j.ended_at) LIMIT 1) AS next
), due AS (
  SELECT device_id, min(due_at) AS since FROM (
    SELECT device_id, due_at FROM oldest
    UNION ALL
    SELECT device_id, due_at FROM visited WHERE due_at <= statement_timestamp() - interval '5 seconds') AS seen
  GROUP BY device_id
), device AS MATERIALIZED (
  SELECT d.id, d.host, d.user_id, d.platform = ANY ($6::text[]) AS finds_by_id, coalesce(busy.room, $3::int) AS room,
    row_number() OVER (PARTITION BY d.host ORDER BY due.since) AS nth
  FROM due
    JOIN devices d ON d.id = due.device_id AND NOT d.deleted AND d.platform = ANY ($2::text[])
    LEFT JOIN busy ON busy.host = d.host
  WHERE coalesce(busy.room > 0, true)
    AND NOT EXISTS (SELECT FROM platform_hosts h WHERE h.host = d.host AND h.open_since IS NOT NULL)
), candidate AS MATERIALIZED (
  -- The oldest of a host are of those of its devices that have waited longest. A range of the index by device says that no other
  -- index is gone through for it.
  SELECT lost.message_id, lost.try_no, device.host, device.user_id, device.room,
    row_number() OVER (PARTITION BY device.host ORDER BY lost.due_at) AS nth
  FROM device CROSS JOIN LATERAL (
    SELECT j.message_id, j.try_no, coalesce(j.lookup_at, j.ended_at) AS due_at FROM send_journal j
    WHERE j.state = 'unknown' AND NOT j.superseded AND j.phone IS NOT NULL AND coalesce(j.lookup_at, j.ended_at) < 'infinity'
      AND (j.device_id, coalesce(j.lookup_at, j.ended_at)) BETWEEN (device.id, '-infinity'::timestamptz)
        AND (device.id, statement_timestamp() - interval '5 seconds')
      AND (j.sent_text <> '' OR device.finds_by_id)
    ORDER BY j.device_id, coalesce(j.lookup_at, j.ended_at) LIMIT $3::int) AS lost
  WHERE device.nth <= device.room
), placed AS MATERIALIZED (
  -- And no user that of another, with however many hosts: what one user's devices wait for has an order of its own.
  SELECT message_id, try_no, host, row_number() OVER (PARTITION BY user_id ORDER BY nth, random()) AS place
  FROM candidate WHERE nth <= room
), asked AS MATERIALIZED (
  -- One of each user before the second of any, and of each user's hosts as well; where the users are more than the places, who comes
  -- first is drawn.
  SELECT j.message_id, j.try_no, placed.host FROM placed JOIN send_journal j USING (message_id, try_no)
  WHERE j.state = 'unknown'
    AND coalesce(j.lookup_at, j.ended_at) <= statement_timestamp() - interval '5 seconds'
  ORDER BY place, random() LIMIT $1::int
  FOR UPDATE OF j SKIP LOCKED
), others AS MATERIALIZED (
  SELECT j.message_id, j.try_no FROM oldest JOIN send_journal j USING (message_id, try_no)
  WHERE j.state = 'unknown' AND coalesce(j.lookup_at, j.ended_at) <= statement_timestamp() - interval '5 seconds'
    AND NOT EXISTS (
      SELECT FROM devices d WHERE d.id = oldest.device_id AND NOT d.deleted AND d.platform = ANY ($2::text[])
        AND (has_words OR d.platform = ANY ($6::text[])))
  FOR UPDATE OF j SKIP LOCKED
), claimed AS (
  UPDATE send_journal j SET
    lookups = j.lookups + 1,
    lookup_at = CASE WHEN taken.host IS NOT NULL AND j.ended_at > clock_timestamp() - interval '1 day'
      THEN clock_timestamp() + least(interval '30 seconds' * power(2, least(j.lookups, 20)), interval '3 hours')
      ELSE 'infinity' END
  FROM (SELECT message_id, try_no, host FROM asked UNION ALL SELECT message_id, try_no, NULL FROM others) AS taken
  WHERE j.message_id = taken.message_id AND j.try_no = taken.try_no
  RETURNING j.message_id, j.try_no, j.device_id, taken.host, j.phone, j.sent_text, j.started_at
)
SELECT * FROM claimed WHERE host IS NOT NULL
