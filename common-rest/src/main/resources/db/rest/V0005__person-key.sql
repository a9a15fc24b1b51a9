-- Under which key people who were erased are remembered, as a fingerprint that tells nothing of the key: with another one nobody of them
-- would be known. Noted with the first of them.
CREATE TABLE person_key (
  one         boolean PRIMARY KEY DEFAULT true CHECK (one),
  fingerprint text    NOT NULL
);
