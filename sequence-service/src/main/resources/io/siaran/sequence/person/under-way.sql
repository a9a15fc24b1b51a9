-- Whether a person is inside a sequence, or the news that nothing may be sent is not here yet. $1 user, $2 phone, $3 leads.
SELECT WHERE NOT EXISTS (SELECT FROM suppressions WHERE user_id = $1::text AND phone = $2::text AND NOT deleted)
  OR EXISTS (
    SELECT FROM enrolments e
     WHERE e.user_id = $1::text AND e.status = 'open'
       AND e.lead_id IN (SELECT id FROM leads WHERE user_id = $1::text AND phone = $2::text UNION ALL SELECT unnest($3::uuid[])))
