-- Which run each of these replies is one of: the latest that had reached the person. $1 users, $2 devices, $3 phones, $4 times; of those
-- that are looked at again $5 since when they wait, and $6 and $7 the run that counted when they were heard, or null. That one counts
-- whatever became of the lead or of the campaign since, so only runs that began later are looked at.
-- A reply is not settled while a later run may turn out to have reached the person, unless it waits for longer than $8 seconds. What
-- counts if none does is looked for when it is heard and when it has waited, not in between: that reads further back.
SELECT wrote.user_id, wrote.device_id, wrote.phone, wrote.at, wrote.heard_at,
  CASE WHEN latest.counts THEN latest.campaign_id ELSE coalesce(best.campaign_id, known_campaign) END AS campaign_id,
  CASE WHEN latest.counts THEN latest.run ELSE coalesce(best.run, known_run) END AS run,
  coalesce(latest.counts, true) OR wrote.heard_at IS NOT NULL AND NOT waits AS settled
  FROM unnest($1::text[], $2::uuid[], $3::text[], $4::timestamptz[], $5::timestamptz[], $6::uuid[], $7::integer[])
       AS wrote (user_id, device_id, phone, at, heard_at, known_campaign, known_run)
 CROSS JOIN LATERAL (
       SELECT coalesce(wrote.heard_at > statement_timestamp() - $8::int * interval '1 second', false) AS waits,
         coalesce((SELECT f.started_at FROM fanouts f WHERE f.campaign_id = known_campaign AND f.run = known_run), '-infinity') AS since
       ) AS look
  LEFT JOIN LATERAL (
       SELECT r.campaign_id, r.run, r.counts
         FROM runs_of_reply(wrote.user_id, wrote.device_id, wrote.phone, wrote.at) AS r
        WHERE r.started_at >= since AND (r.campaign_id, r.run) IS DISTINCT FROM (known_campaign, known_run)
          AND (r.counts OR r.may_count)
        ORDER BY r.started_at DESC, r.campaign_id DESC, r.run DESC
        LIMIT 1) AS latest ON true
  LEFT JOIN LATERAL (
       SELECT r.campaign_id, r.run
         FROM runs_of_reply(wrote.user_id, wrote.device_id, wrote.phone, wrote.at) AS r
        WHERE NOT latest.counts AND NOT waits
          AND r.started_at >= since AND (r.campaign_id, r.run) IS DISTINCT FROM (known_campaign, known_run)
          AND r.counts
        ORDER BY r.started_at DESC, r.campaign_id DESC, r.run DESC
        LIMIT 1) AS best ON true
