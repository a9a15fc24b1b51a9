-- Counts replies of runs, a person once a run. $1 campaigns, $2 runs, $3 phones, $4 devices, $5 times. In the order of the key, so that
-- two writers never wait for each other.
INSERT INTO campaign_replies (campaign_id, run, phone, device_id, replied_at)
SELECT DISTINCT ON (campaign_id, run, phone) campaign_id, run, phone, device_id, at
  FROM unnest($1::uuid[], $2::integer[], $3::text[], $4::uuid[], $5::timestamptz[]) AS wrote (campaign_id, run, phone, device_id, at)
 ORDER BY campaign_id, run, phone, at
ON CONFLICT (campaign_id, run, phone) DO NOTHING
