-- Deletes tries that ended more than $1 hours ago, at most $3 of them, oldest first. An open outcome that nobody waived
-- is kept for $2 hours: its row is what refuses a second send. A try under way has not ended, and is never here.
DELETE FROM send_journal WHERE (message_id, try_no) IN (
  SELECT message_id, try_no FROM send_journal
  WHERE ended_at < clock_timestamp() - $1::int * interval '1 hour'
    AND (state <> 'unknown' OR superseded OR ended_at < clock_timestamp() - $2::int * interval '1 hour')
  ORDER BY ended_at LIMIT $3::int
  FOR UPDATE SKIP LOCKED)
