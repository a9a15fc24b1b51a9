-- Takes tries whose outcome is unknown and whose look-up is due, at most $1, and sets their next one: half a minute later,
-- then twice as long each time up to three hours, none after a day. Answers those whose device is of a platform ($2) that
-- can be asked; the others are never due again, and neither is an image without words: nothing tells it from another.
-- A host that is slow to answer takes the place of no other: at most $3 of one host, less the questions ($5) that are under way
-- at it ($4) already. A host whose breaker is open is asked nothing, and what is due there stays due.
-- Safe on several instances: who does not get a row has nothing to do with it.
WITH busy AS MATERIALIZED (
  SELECT host, $3::int - questions AS room FROM unnest($4::text[], $5::int[]) AS b (host, questions)
), candidate AS MATERIALIZED (
  -- Oldest first; a thousand are enough to find some of each host, since one that is full is not among them.
  SELECT j.message_id, j.try_no, d.host, d.id IS NOT NULL AND j.sent_text <> '' AS can_be_asked,
    coalesce(j.lookup_at, j.ended_at) AS due_at, coalesce(busy.room, $3::int) AS room
  FROM send_journal j
    LEFT JOIN devices d ON d.id = j.device_id AND NOT d.deleted AND d.platform = ANY ($2::text[])
    LEFT JOIN busy ON busy.host = d.host
  WHERE j.state = 'unknown' AND NOT j.superseded AND j.phone IS NOT NULL
    AND coalesce(j.lookup_at, j.ended_at) <= statement_timestamp() - interval '5 seconds'
    AND coalesce(busy.room > 0, true)
    AND NOT EXISTS (SELECT FROM platform_hosts h WHERE h.host = d.host AND h.open_since IS NOT NULL)
  ORDER BY coalesce(j.lookup_at, j.ended_at) LIMIT 1000
), fair AS MATERIALIZED (
  SELECT *, row_number() OVER (PARTITION BY host, can_be_asked ORDER BY due_at) AS nth FROM candidate
), due AS MATERIALIZED (
  SELECT j.message_id, j.try_no, fair.host, fair.can_be_asked
  FROM fair JOIN send_journal j USING (message_id, try_no)
  WHERE (nth <= room OR NOT can_be_asked) AND j.state = 'unknown'
    AND coalesce(j.lookup_at, j.ended_at) <= statement_timestamp() - interval '5 seconds'
  ORDER BY due_at LIMIT $1::int
  FOR UPDATE OF j SKIP LOCKED
), claimed AS (
  UPDATE send_journal j SET
    lookups = j.lookups + 1,
    lookup_at = CASE WHEN can_be_asked AND j.ended_at > clock_timestamp() - interval '1 day'
      THEN clock_timestamp() + least(interval '30 seconds' * power(2, least(j.lookups, 20)), interval '3 hours')
      ELSE 'infinity' END
  FROM due WHERE j.message_id = due.message_id AND j.try_no = due.try_no
  RETURNING j.message_id, j.try_no, j.device_id, due.host, j.phone, j.sent_text, j.started_at, can_be_asked
)
SELECT * FROM claimed WHERE can_be_asked
