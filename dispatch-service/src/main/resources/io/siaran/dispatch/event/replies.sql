-- Replies, each once however often it is told. What one device got is told in the order in which it came: a row trigger numbers the
-- rows as they come. Those of one device are in one partition, so two consumers of the same records (a rebalance) have them in the
-- same order, and wait for each other rather than deadlock.
INSERT INTO replies (id, user_id, device_id, phone, at, type, text)
SELECT id, user_id, device_id, phone, at, type, text
FROM unnest($1::uuid[], $2::text[], $3::uuid[], $4::text[], $5::timestamptz[], $6::text[], $7::text[]) WITH ORDINALITY
  AS r (id, user_id, device_id, phone, at, type, text, place)
ORDER BY device_id, place
ON CONFLICT DO NOTHING
