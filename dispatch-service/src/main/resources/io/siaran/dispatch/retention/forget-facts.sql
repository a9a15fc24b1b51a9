-- Deletes up to $1 facts of messages whose month was dropped: for each such month one range of the primary key. A month that
-- is there again, since a late record came, keeps what it has.
DELETE FROM message_facts AS f USING (
  SELECT fact.message_id, fact.n
  FROM dropped_months AS d
  CROSS JOIN LATERAL (
    SELECT message_id, n FROM message_facts
    WHERE message_id >= first_id(d.month) AND message_id < first_id((d.month + interval '1 month')::date)
    LIMIT $1) AS fact
  WHERE to_regclass(message_month(d.month)) IS NULL
  LIMIT $1
) AS gone
WHERE f.message_id = gone.message_id AND f.n = gone.n
