-- Makes and holds the sums of these runs until the transaction ends, in the order of the key: who adds them up in the
-- next statement sees the counts of everybody who held them before. $1 campaigns, $2 runs, each once.
INSERT INTO run_progress AS sums (campaign_id, run)
SELECT * FROM unnest($1::uuid[], $2::integer[]) AS told (campaign_id, run) ORDER BY 1, 2
ON CONFLICT (campaign_id, run) DO UPDATE SET changed = true
