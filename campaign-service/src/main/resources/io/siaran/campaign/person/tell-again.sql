-- The erasures that a service has not answered for so long that every service is asked again: after 10 minutes, and twice as long each
-- time, a day at most; $1 times. Each is answered to one caller.
UPDATE person_requests
   SET told_at = clock_timestamp(), repeats = repeats + 1
 WHERE wish = 'erase' AND ended_at IS NULL AND repeats < $1
   AND told_at < clock_timestamp() - least(interval '10 minutes' * 2 ^ repeats, interval '1 day')
RETURNING id, user_id, phone, leads, asked_at, forgets_at, repeats
