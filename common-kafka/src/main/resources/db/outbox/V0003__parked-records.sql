-- Records that are put aside so that the ones behind them go on: nothing of them is lost, and an operator or a later version
-- of this service finishes them.
CREATE TABLE parked_records (
  id          bigint GENERATED ALWAYS AS IDENTITY,
  -- in: it came from a topic, and this version does not know what it says; the next version reads it again.
  -- out: Kafka does not take a record of this size, so nobody has been told.
  direction   text NOT NULL CHECK (direction IN ('in', 'out')),
  topic       text NOT NULL,
  key         text,
  payload     text,
  -- Where it came from; null of what goes out.
  partition   int,
  "offset"    bigint,
  reason      text NOT NULL,
  parked_at   timestamptz NOT NULL DEFAULT clock_timestamp(),
  -- A reader goes on behind the last that it has read of its topic, once a minute: neither what stays parked for long nor what is
  -- parked of another topic may cost it anything, so there is no index by the id alone that could be taken for that.
  PRIMARY KEY (topic, direction, id)
);

-- A record that Kafka brings again is parked once. Its place alone does not tell which it is: where topics are made anew, as after a
-- restore, another one stands there.
CREATE UNIQUE INDEX parked_once ON parked_records
  (topic, partition, "offset", hashtextextended(coalesce(payload, ''), hashtextextended(coalesce(key, ''), 0)));
