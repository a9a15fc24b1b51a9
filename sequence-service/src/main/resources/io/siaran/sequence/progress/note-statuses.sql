-- Notes what became of messages at their contact rows, which the caller has locked and found to know less. A message
-- without an outcome yet ($3 is null) leaves the status as it is.
UPDATE sequence_contacts c
SET message_version = told.version,
  status = coalesce(told.status, c.status),
  failure_reason = told.failure_reason,
  sent_at = told.sent_at,
  delivered_at = told.delivered_at,
  read_at = told.read_at,
  unknown_since = CASE WHEN told.status = 'unknown' THEN coalesce(c.unknown_since, told.occurred_at) ELSE c.unknown_since END,
  settled_at = CASE WHEN told.decides THEN statement_timestamp() ELSE c.settled_at END
FROM unnest($1::uuid[], $2::bigint[], $3::text[], $4::text[], $5::timestamptz[], $6::timestamptz[], $7::timestamptz[], $8::timestamptz[], $9::boolean[])
  AS told (id, version, status, failure_reason, sent_at, delivered_at, read_at, occurred_at, decides)
WHERE c.id = told.id
