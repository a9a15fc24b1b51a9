-- Replies, each once however often it is told. In the order of their ids, so that two consumers of the same records (a rebalance)
-- wait for each other rather than deadlock.
INSERT INTO replies (id, user_id, device_id, phone, at, type, text)
SELECT * FROM unnest($1::uuid[], $2::text[], $3::uuid[], $4::text[], $5::timestamptz[], $6::text[], $7::text[])
  AS r (id, user_id, device_id, phone, at, type, text)
ORDER BY id
ON CONFLICT DO NOTHING
