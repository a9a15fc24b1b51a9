-- Asks that leads ($1), whose reviews the caller has locked (mark-asked-leads.sql), be let into a sequence ($2). The review lets them in where
-- the sequence then begins, or finds why not. Safe to repeat.
INSERT INTO requested_entries (lead_id, sequence_id)
SELECT lead_id, $2 FROM unnest($1::uuid[]) AS asked (lead_id)
ORDER BY 1
ON CONFLICT (lead_id, sequence_id) DO NOTHING
