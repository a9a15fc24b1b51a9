-- What reports read, so that they never count contacts: numbers by measure, of each step, of each device, and of each sequence as a whole
-- (neither). The tables of contacts and enrolments keep them by triggers (R__report-deltas.sql): every statement that
-- changes them leaves its differences, whatever it is, and a job folds those into the counts. A report reads both at once (report_numbers).
CREATE TABLE report_counts (
  sequence_id uuid   NOT NULL,
  step_id     uuid,
  device_id   uuid,
  measure     text   NOT NULL,
  number      bigint NOT NULL,
  UNIQUE NULLS NOT DISTINCT (sequence_id, step_id, device_id, measure)
)
-- Each fold changes the numbers of nearly all rows: room for the next version of every one, and no index is written.
WITH (fillfactor = 50);

-- One row has all that a statement changed of a step, a device or a sequence: a row a measure cost most of what a statement did.
CREATE TABLE report_deltas (
  id          bigint   GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  sequence_id uuid     NOT NULL,
  step_id     uuid,
  device_id   uuid,
  measures    text[]   NOT NULL,
  numbers     bigint[] NOT NULL,
  CHECK (cardinality(measures) = cardinality(numbers))
)
WITH (autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 10000);

CREATE INDEX report_deltas_of_sequence ON report_deltas (sequence_id);

-- What reports read: of one measure several rows, to be summed.
CREATE VIEW report_numbers AS
SELECT sequence_id, step_id, device_id, measure, number FROM report_counts
UNION ALL
SELECT d.sequence_id, d.step_id, d.device_id, change.measure, change.number
FROM report_deltas d
CROSS JOIN LATERAL unnest(d.measures, d.numbers) AS change (measure, number);
