-- Notes what became of messages at their contact rows, which the caller has locked and found to know less. A message
-- without an outcome yet ($3 is null) leaves the status as it is.
UPDATE sequence_contacts c
SET message_version = given.version,
  status = coalesce(given.status, c.status),
  parked_for = CASE WHEN given.status IS NULL THEN c.parked_for END,
  failure_reason = given.failure_reason,
  sent_at = given.sent_at,
  delivered_at = given.delivered_at,
  read_at = given.read_at,
  unknown_since = CASE WHEN given.status = 'unknown' THEN coalesce(c.unknown_since, given.occurred_at) ELSE c.unknown_since END,
  in_doubt = given.in_doubt,
  changed_at = statement_timestamp(),
  settled_at = CASE WHEN given.decides THEN statement_timestamp() ELSE c.settled_at END
FROM unnest($1::uuid[], $2::bigint[], $3::text[], $4::text[], $5::timestamptz[], $6::timestamptz[], $7::timestamptz[], $8::timestamptz[], $9::boolean[], $10::boolean[])
  AS given (id, version, status, failure_reason, sent_at, delivered_at, read_at, occurred_at, decides, in_doubt)
WHERE c.id = given.id
