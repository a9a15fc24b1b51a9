-- Lets no other transaction settle a found message of this device ($1) until this one ends.
SELECT 1 FROM device_pacing WHERE device_id = $1::uuid FOR UPDATE
