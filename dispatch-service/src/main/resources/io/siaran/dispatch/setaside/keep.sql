-- Puts a message aside that the database refuses to change for an engine.
INSERT INTO set_aside_messages AS s (message_id, engine, reason) VALUES ($1, $2, $3)
ON CONFLICT (message_id) DO UPDATE SET
  engine = excluded.engine, reason = excluded.reason, times = s.times + 1, set_aside_at = excluded.set_aside_at
