-- The devices of a user ($1) of which the platform refused one contact after the other, five and more: the index knows them.
SELECT p.device_id FROM device_pacing p JOIN devices d ON d.id = p.device_id
WHERE p.contact_refusals >= 5 AND d.user_id = $1 AND NOT d.deleted
