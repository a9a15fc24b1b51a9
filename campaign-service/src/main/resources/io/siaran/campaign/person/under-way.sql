-- Whether a file that may have the person in it is being taken in. $1 user; $2 phone and $3 leads say nothing about that.
SELECT FROM imports
 WHERE user_id = $1::text AND status IN ('waiting', 'running') AND $2::text IS NOT NULL AND $3::uuid[] IS NOT NULL
 LIMIT 1
