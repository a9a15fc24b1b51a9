-- Takes tries whose outcome is unknown and whose look-up is due, at most $1, and sets their next one: half a minute later,
-- then twice as long each time up to three hours, none after a day. Answers those whose device is of a platform ($2) that
-- can be asked; the others are never due again, and neither is an image without words: nothing tells it from another.
-- Safe on several instances: who does not get a row has nothing to do with it.
WITH due AS MATERIALIZED (
  SELECT j.message_id, j.try_no, d.id IS NOT NULL AND j.sent_text <> '' AS can_be_asked
  FROM send_journal j LEFT JOIN devices d ON d.id = j.device_id AND NOT d.deleted AND d.platform = ANY ($2::text[])
  WHERE j.state = 'unknown' AND NOT j.superseded AND j.phone IS NOT NULL
    AND coalesce(j.lookup_at, j.ended_at) <= statement_timestamp() - interval '5 seconds'
  ORDER BY coalesce(j.lookup_at, j.ended_at) LIMIT $1::int
  FOR UPDATE OF j SKIP LOCKED
), claimed AS (
  UPDATE send_journal j SET
    lookups = j.lookups + 1,
    lookup_at = CASE WHEN can_be_asked AND j.ended_at > clock_timestamp() - interval '1 day'
      THEN clock_timestamp() + least(interval '30 seconds' * power(2, least(j.lookups, 20)), interval '3 hours')
      ELSE 'infinity' END
  FROM due WHERE j.message_id = due.message_id AND j.try_no = due.try_no
  RETURNING j.message_id, j.try_no, j.device_id, j.phone, j.sent_text, j.started_at, can_be_asked
)
SELECT * FROM claimed WHERE can_be_asked
