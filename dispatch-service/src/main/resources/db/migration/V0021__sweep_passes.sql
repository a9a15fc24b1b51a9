-- When the pass that a sweep is in began to read: only a pass that began a minute after the change has seen everything.
ALTER TABLE sweeps ADD COLUMN pass_began timestamptz NOT NULL DEFAULT '-infinity';
