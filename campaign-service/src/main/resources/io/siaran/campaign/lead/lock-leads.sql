-- Locks first, reads after: a read in the same statement would wait for the row and yet see its triggers as they were
-- before. In the order of ids, so that two batches never wait for each other.
SELECT id FROM leads WHERE id = ANY ($1::uuid[]) ORDER BY id FOR UPDATE
