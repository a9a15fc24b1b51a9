-- Whether a reply answers what was sent then. A platform dates replies by whole seconds, so one that comes within the second of the send
-- is told as if it had come before. STABLE as the sum of a time and an interval is: called IMMUTABLE it is not inlined, and outcomes
-- go in at two thirds of their rate.
CREATE OR REPLACE FUNCTION answers(sent_at timestamptz, replied_at timestamptz) RETURNS boolean
  LANGUAGE sql STABLE
  RETURN sent_at < replied_at + interval '1 second';
