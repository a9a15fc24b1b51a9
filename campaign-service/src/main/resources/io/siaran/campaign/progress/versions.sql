-- How many got each text of a plan: those of the runs from $2 to $3, at most the latest 100. $1 campaign.
SELECT n.run, (SELECT min(e.at) FROM campaign_events e WHERE e.campaign_id = $1 AND e.run = n.run) AS since,
       coalesce(sum(p.sent), 0)::bigint AS sent, coalesce(sum(p.delivered), 0)::bigint AS delivered,
       coalesce(sum(p.read), 0)::bigint AS read, coalesce(sum(p.unknown), 0)::bigint AS unknown
  FROM generate_series(greatest($2::integer, $3::integer - 99), $3::integer) AS n (run)
  LEFT JOIN campaign_progress p ON p.campaign_id = $1 AND p.run = n.run
 GROUP BY n.run
 ORDER BY n.run
