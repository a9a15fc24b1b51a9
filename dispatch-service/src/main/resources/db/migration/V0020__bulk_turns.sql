-- Actions take turns: whichever was worked on longest ago comes next, so that neither a large one nor one that fails keeps
-- the others waiting.
ALTER TABLE bulk_actions ADD COLUMN worked_at timestamptz NOT NULL DEFAULT clock_timestamp();

DROP INDEX bulk_actions_open;
CREATE INDEX bulk_actions_open ON bulk_actions (worked_at) WHERE done_at IS NULL;
