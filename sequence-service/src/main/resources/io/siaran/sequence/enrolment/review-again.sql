-- Has these leads ($1) of their users ($2) reviewed once more, by the transaction that took them: whoever changed one meanwhile waits for
-- it. Who may have to leave has left, so they come among the many.
INSERT INTO lead_reviews (lead_id, user_id, rank)
SELECT DISTINCT lead_id, user_id, 3
FROM unnest($1::uuid[], $2::text[]) AS again (lead_id, user_id)
ORDER BY 1
ON CONFLICT (lead_id) DO NOTHING
