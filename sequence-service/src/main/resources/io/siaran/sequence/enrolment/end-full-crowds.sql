-- Ends the filters by which leads are asked into a sequence ($1) that leave out as many others as one may ($6), and those by niche, status, device
-- and trigger ($2, $3, $4, $5; null is any) not yet. The caller holds their locks.
DELETE FROM requested_crowds c
WHERE sequence_id = $1
  AND (SELECT count(*) FROM left_out_of_crowds o WHERE o.crowd_id = c.id AND o.lead_id IS NULL) >= $6::integer
  AND NOT EXISTS (
    SELECT FROM left_out_of_crowds o
    WHERE o.crowd_id = c.id AND o.lead_id IS NULL
      AND (o.niche, o.target_status, o.device_id, o.trigger) IS NOT DISTINCT FROM ($2::text, $3::text, $4::uuid, $5::text))
