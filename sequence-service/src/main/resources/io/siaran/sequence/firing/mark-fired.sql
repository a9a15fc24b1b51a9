-- Kafka has the messages of these rows ($1). Their outcome may have come back already, or the contact have left: the
-- mark says only that they need not be published again.
WITH published AS (
  SELECT id FROM sequence_contacts
  WHERE id = ANY ($1::uuid[]) AND fired_at IS NULL
  ORDER BY id
  FOR UPDATE
)
UPDATE sequence_contacts c
SET fired_at = statement_timestamp(), went_out = true, lease_until = NULL, parked_for = NULL, changed_at = statement_timestamp()
FROM published
WHERE c.id = published.id
