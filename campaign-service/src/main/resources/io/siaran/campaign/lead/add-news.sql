-- Leads that are news. $1 users, $2 leads, $3 their versions. A row that is there is locked and has the version of now: whoever publishes
-- an older one at this moment must not forget it. In the order of the key, in which they are settled too.
INSERT INTO lead_news (user_id, lead_id, version)
SELECT * FROM unnest($1::text[], $2::uuid[], $3::bigint[]) AS n (user_id, lead_id, version) ORDER BY user_id, lead_id
ON CONFLICT (user_id, lead_id) DO UPDATE SET version = excluded.version
