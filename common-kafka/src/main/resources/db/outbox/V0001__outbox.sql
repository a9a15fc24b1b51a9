-- What must be told to others, written in the transaction that makes it true, deleted once Kafka has acknowledged it.
CREATE TABLE outbox (
  -- Taken after the row that changed was locked, so within a key the order of ids is the order of commits.
  id         bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  topic      text NOT NULL,
  key        text NOT NULL,
  payload    text NOT NULL,
  created_at timestamptz NOT NULL DEFAULT clock_timestamp()
)
-- Every row is deleted within milliseconds: without an eager vacuum the head of the index fills with dead entries.
WITH (autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 5000, autovacuum_vacuum_cost_delay = 0);
