-- What reports read, so that they never count contacts: numbers by measure, of each step, of each device, and of each sequence as a whole
-- (neither). The tables of contacts and enrolments keep them by triggers (R__report_deltas.sql): every statement that
-- changes them leaves its differences, whatever it is, and a job folds those into the counts. A report reads both at once.
CREATE TABLE report_counts (
  sequence_id uuid   NOT NULL,
  step_id     uuid,
  device_id   uuid,
  measure     text   NOT NULL,
  number      bigint NOT NULL,
  UNIQUE NULLS NOT DISTINCT (sequence_id, step_id, device_id, measure)
);

CREATE TABLE report_deltas (
  id          bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  sequence_id uuid   NOT NULL,
  step_id     uuid,
  device_id   uuid,
  measure     text   NOT NULL,
  number      bigint NOT NULL
)
WITH (autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 10000);

CREATE INDEX report_deltas_of_sequence ON report_deltas (sequence_id);
