-- An action that fails again and again ends, and says so.
ALTER TABLE bulk_actions
  -- In a row, since the last batch that was done.
  ADD COLUMN failures       int NOT NULL DEFAULT 0,
  ADD COLUMN failed_because text,
  ADD CONSTRAINT what_failed_has_ended CHECK (failed_because IS NULL OR done_at IS NOT NULL);
