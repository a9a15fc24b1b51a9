-- Puts a message aside that the database refuses to change for an engine; nothing where somebody is changing it meanwhile.
INSERT INTO set_aside_messages AS s (message_id, engine, reason)
SELECT m.id, $2, $3 FROM (SELECT id FROM broadcast_messages WHERE id = $1 FOR UPDATE SKIP LOCKED) AS m
ON CONFLICT (message_id) DO UPDATE SET
  engine = excluded.engine, reason = excluded.reason, times = s.times + 1, set_aside_at = excluded.set_aside_at
