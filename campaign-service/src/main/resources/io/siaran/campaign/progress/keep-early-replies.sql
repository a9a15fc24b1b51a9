-- Keeps replies that may be of a run whose news is under way. $1 users, $2 devices, $3 phones, $4 times, $5 since when they wait, null:
-- since now, $6 and $7 the run that counts so far, or null. They are looked at after as long as they have waited, from $8 seconds on, and
-- after $9 seconds at the latest: ten looks at most. One that is told again waits already. Before any of them is counted, and in
-- the order of the key, so that two writers never wait for each other.
INSERT INTO early_replies (user_id, device_id, phone, replied_at, heard_at, look_at, campaign_id, run)
SELECT DISTINCT ON (user_id, device_id, phone, at) user_id, device_id, phone, at, heard_at,
  least(now + greatest(now - heard_at, $8::int * interval '1 second'), greatest(now, heard_at + $9::int * interval '1 second')),
  campaign_id, run
  FROM (SELECT clock_timestamp() AS now) AS clock
 CROSS JOIN unnest($1::text[], $2::uuid[], $3::text[], $4::timestamptz[], $5::timestamptz[], $6::uuid[], $7::integer[])
       AS wrote (user_id, device_id, phone, at, waits_since, campaign_id, run)
 CROSS JOIN LATERAL (SELECT coalesce(waits_since, now) AS heard_at) AS heard
 ORDER BY user_id, device_id, phone, at
ON CONFLICT (user_id, device_id, phone, replied_at) DO NOTHING
