-- The second of the database's clock in which the counts were folded last: so campaigns hear of their progress at most once a
-- second, however many replicas fold. One row.
CREATE TABLE last_fold (
  only_one  boolean PRIMARY KEY DEFAULT true CHECK (only_one),
  folded_in timestamptz NOT NULL DEFAULT '-infinity'
);
INSERT INTO last_fold DEFAULT VALUES;
