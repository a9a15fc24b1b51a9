-- Asks for these tries back now; they wait again if the gateway gives them back. Locked in order of id.
WITH in_flight AS (
  SELECT id FROM broadcast_messages
  WHERE id = ANY ($1::uuid[]) AND status = 'processing' AND recall_at = lease_until
  ORDER BY id
  FOR UPDATE
)
UPDATE broadcast_messages AS m SET recall_at = statement_timestamp() WHERE m.id = ANY (ARRAY(SELECT id FROM in_flight))
