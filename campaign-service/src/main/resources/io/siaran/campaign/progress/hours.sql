-- What became known of a run in each hour in which something did, the latest 500 of them.
SELECT hour, sent, failed
  FROM (SELECT hour, sent, failed FROM run_hours WHERE campaign_id = $1 AND run = $2 ORDER BY hour DESC LIMIT 500) AS latest
 ORDER BY hour
