-- Asks for a review of leads ($1) of a user ($2) who are to be let into a sequence, or are to be no more. Before the requests are written or
-- deleted: a review holds its leads' rows here while it deletes their requests (forget-requests.sql), so whoever locked them the other
-- way round would wait in a circle.
INSERT INTO lead_reviews AS known (lead_id, user_id, rank)
SELECT lead_id, $2, 3 FROM unnest($1::uuid[]) AS asked (lead_id)
ORDER BY 1
ON CONFLICT (lead_id) DO UPDATE SET due_at = excluded.due_at WHERE known.failures > 0
