-- A row where numbers are to be checked, as the message says ($4) or else its device ($1): what is known of this one ($3) of its
-- user's ($2) people, null where nobody asked within 30 days. No row, so that nobody is asked, while the message would not leave
-- anyway: its person is suppressed, its device is not online or held, or strangers are not written to today, when the whole backlog
-- would be asked about one by one. Who is written to even then is no stranger to its platform. The transaction that begins a
-- try judges all of it anew.
SELECT c.on_whatsapp
FROM devices d LEFT JOIN checked_numbers c
  ON c.user_id = $2 AND c.phone = $3 AND c.checked_at > clock_timestamp() - interval '30 days'
WHERE d.id = $1::uuid AND coalesce($4::boolean, d.check_numbers) AND NOT d.deleted
  AND d.status = 'online'
  AND NOT EXISTS (SELECT FROM suppressions s WHERE s.user_id = $2 AND s.phone = $3 AND NOT s.deleted)
  AND NOT EXISTS (
    SELECT FROM device_pacing p
    WHERE p.device_id = d.id AND (p.held_until > clock_timestamp()
      OR (p.first_contacts_on_day >= d.first_contact_cap
        AND p.counted_day >= (clock_timestamp() AT TIME ZONE d.time_zone)::date)))
