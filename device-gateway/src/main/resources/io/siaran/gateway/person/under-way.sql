-- Whether a message to a person is being sent, or the news that nothing may be sent is not here yet. $1 user, $2 phone, $3 leads,
-- which nothing here knows.
SELECT WHERE NOT EXISTS (SELECT FROM suppressions WHERE user_id = $1::text AND phone = $2::text AND NOT deleted)
  OR EXISTS (SELECT FROM send_journal WHERE user_id = $1::text AND phone = $2::text AND phone > '' AND state = 'started')
  OR $3::uuid[] IS NULL
