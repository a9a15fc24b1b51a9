-- Keeps a filter (by niche $4, status $5, device $6 and trigger $7; null is any) by which leads of a user ($2) are asked into a sequence ($3), under an
-- id ($1).
INSERT INTO requested_crowds (id, user_id, sequence_id, niche, target_status, device_id, trigger)
VALUES ($1, $2, $3, $4, $5, $6, $7)
