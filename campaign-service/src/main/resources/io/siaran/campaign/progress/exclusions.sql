-- Why leads of a run were left out, and how many.
SELECT reason, sum(leads)::bigint AS leads
  FROM fanout_exclusions
 WHERE campaign_id = $1 AND run = $2
 GROUP BY reason
 ORDER BY leads DESC, reason
