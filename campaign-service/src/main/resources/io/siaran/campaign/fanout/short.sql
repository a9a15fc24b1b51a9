-- How many runs are stored short of what was published for longer than $1 milliseconds, and how many of them were published
-- again as often as they may be ($2): a person is to look at those.
SELECT count(*) AS short, count(*) FILTER (WHERE f.repeats >= $2) AS given_up
  FROM campaigns c
  JOIN fanouts f ON f.campaign_id = c.id AND f.run = c.run
  LEFT JOIN run_progress s ON s.campaign_id = f.campaign_id AND s.run = f.run
 WHERE c.status = 'triggered'
   AND f.published > coalesce(s.stored, 0)
   AND f.ended_at IS NOT NULL
   AND greatest(f.ended_at, s.stored_at) < clock_timestamp() - $1 * interval '1 millisecond'
