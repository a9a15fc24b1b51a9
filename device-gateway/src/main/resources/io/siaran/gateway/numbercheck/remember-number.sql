-- What a platform said of a number ($2) of a user's ($1) people.
INSERT INTO checked_numbers AS known (user_id, phone, on_whatsapp, checked_at)
VALUES ($1, $2, $3::boolean, clock_timestamp())
ON CONFLICT (user_id, phone) DO UPDATE SET on_whatsapp = excluded.on_whatsapp, checked_at = excluded.checked_at
