-- Whoever matches niche, status, device and trigger ($2, $3, $4, $5; null is any) is asked into a sequence ($1) by no filter any more that is
-- under way. The caller holds their locks. Safe to repeat.
INSERT INTO left_out_of_crowds (crowd_id, niche, target_status, device_id, trigger)
SELECT id, $2::text, $3::text, $4::uuid, $5::text FROM requested_crowds
WHERE sequence_id = $1
ON CONFLICT DO NOTHING
