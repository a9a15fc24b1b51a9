-- Whether something of a person is still on its way. $1 user, $2 phone; $3 leads say nothing about that. A file that may have the person
-- in it is being taken in; or a run that began before the person was suppressed has messages that dispatch has not stored yet: those would
-- be readable there afterwards. A run that began later has none of the person. For runs it waits an hour at most: of one that was given up
-- the rest never comes. Kafka keeps nothing for longer than 7 days.
WITH erasure AS (
  SELECT min(asked_at) AS asked_at
    FROM person_erasures
   WHERE request_id IN (SELECT request_id FROM person_erasures WHERE user_id = $1::text AND phone = $2::text AND done_at IS NULL)
)
SELECT 1 FROM imports
 WHERE user_id = $1::text AND status IN ('waiting', 'running') AND $3::uuid[] IS NOT NULL
UNION ALL
SELECT 1 FROM erasure e
  JOIN campaigns c ON c.user_id = $1::text AND NOT c.deleted
  JOIN fanouts f ON f.campaign_id = c.id AND f.started_at BETWEEN e.asked_at - interval '7 days' AND e.asked_at
  LEFT JOIN run_progress p ON p.campaign_id = f.campaign_id AND p.run = f.run
 WHERE e.asked_at > clock_timestamp() - interval '1 hour'
   AND (f.published > coalesce(p.stored, 0) OR (f.lease IS NOT NULL AND f.lease_until > clock_timestamp()))
 LIMIT 1
