-- Puts a reply off that could not be looked at: for as long as it has waited, $5 seconds at least and an hour at most. $1 its user,
-- $2 device, $3 phone, $4 time.
UPDATE early_replies
   SET look_at = clock_timestamp()
         + least(greatest(clock_timestamp() - heard_at, $5::int * interval '1 second'), interval '1 hour')
 WHERE user_id = $1 AND device_id = $2 AND phone = $3 AND replied_at = $4
