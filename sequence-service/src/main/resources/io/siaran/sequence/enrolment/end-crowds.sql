-- Ends the filters by which leads are asked into a sequence ($1) that ask nobody in but who matches niche, status, device and trigger ($2, $3,
-- $4, $5; null is any). The caller holds their locks.
DELETE FROM requested_crowds
WHERE sequence_id = $1
  AND ($2::text IS NULL OR niche = $2)
  AND ($3::text IS NULL OR target_status = $3)
  AND ($4::uuid IS NULL OR device_id = $4)
  AND ($5::text IS NULL OR trigger = $5)
