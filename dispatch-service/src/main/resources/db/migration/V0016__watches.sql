-- What is watched over: counts against rows, and devices that are silent while their messages grow old.

-- Where the check of the counts stands: the id_day that it did last. One row.
CREATE TABLE count_check (
  only_one boolean PRIMARY KEY DEFAULT true CHECK (only_one),
  last_day date NOT NULL DEFAULT '1970-01-01'
);
INSERT INTO count_check DEFAULT VALUES;

-- Devices that were warned of, so that no replica does so twice a day.
CREATE TABLE expiry_warnings (
  device_id uuid PRIMARY KEY,
  warned_on date NOT NULL
);
