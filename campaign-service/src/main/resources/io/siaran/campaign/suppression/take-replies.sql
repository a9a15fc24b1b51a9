-- Remembers replies; answers those that were not taken before. In the order of the key.
INSERT INTO opt_out_replies (id, user_id, device_id, phone, text, verdict, written_at)
SELECT * FROM unnest($1::uuid[], $2::text[], $3::uuid[], $4::text[], $5::text[], $6::text[], $7::timestamptz[]) ORDER BY 1
ON CONFLICT (id) DO NOTHING
RETURNING id
