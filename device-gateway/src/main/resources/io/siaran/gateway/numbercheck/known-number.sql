-- A row where the device ($1) is to check numbers: what is known of this one ($3) of its user's ($2) people, null where
-- nobody asked within 30 days.
SELECT c.on_whatsapp
FROM devices d LEFT JOIN checked_numbers c
  ON c.user_id = $2 AND c.phone = $3 AND c.checked_at > clock_timestamp() - interval '30 days'
WHERE d.id = $1::uuid AND d.check_numbers AND NOT d.deleted
