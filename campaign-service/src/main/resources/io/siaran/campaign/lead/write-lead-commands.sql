-- Remembers what became of each command, so that its repetition changes nothing.
INSERT INTO lead_commands (id, lead_id, outcome)
SELECT * FROM unnest($1::uuid[], $2::uuid[], $3::text[])
ON CONFLICT (id) DO NOTHING
