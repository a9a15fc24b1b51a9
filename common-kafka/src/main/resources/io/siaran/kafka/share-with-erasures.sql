-- Waits for erasures of people of these users ($1), and keeps them out until the transaction has ended. Shared with all who do the same;
-- in one order, so that with two erasures that wait nobody is in a circle.
SELECT pg_advisory_xact_lock_shared(k.key)
FROM (SELECT DISTINCT hashtextextended('siaran-erasure', hashtext(u) & 63) AS key FROM unnest($1::text[]) AS u ORDER BY 1) AS k
