-- Takes from the changed leads ($1) the triggers that are not among those they carry now ($2, $3).
DELETE FROM lead_triggers gone
WHERE gone.lead_id = ANY ($1::uuid[])
  AND NOT EXISTS (
    SELECT FROM unnest($2::uuid[], $3::text[]) AS carried (lead_id, trigger)
    WHERE carried.lead_id = gone.lead_id AND carried.trigger = gone.trigger)
