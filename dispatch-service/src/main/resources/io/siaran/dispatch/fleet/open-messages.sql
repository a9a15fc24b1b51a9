-- What each device of a user ($1) has to send, but for one campaign ($2, or null). Counts are read, not made, and both are folded
-- together.
SELECT device_id, messages
FROM (
  SELECT d.device_id, d.pending + d.processing - coalesce(own.messages, 0) AS messages
  FROM device_counts AS d
  LEFT JOIN (
    SELECT c.device_id, sum(c.pending + c.processing)::bigint AS messages
    FROM campaign_counts AS c
    WHERE c.campaign_id = $2 AND c.user_id = $1
    GROUP BY c.device_id) AS own ON own.device_id = d.device_id
  WHERE d.user_id = $1) AS device
WHERE messages > 0
ORDER BY device_id
