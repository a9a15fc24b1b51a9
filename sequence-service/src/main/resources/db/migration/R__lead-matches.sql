-- Whether a lead matches a filter of those who ask leads into a sequence, or take them out: niche, status, device and trigger; null is any.
CREATE OR REPLACE FUNCTION lead_matches(lead leads, of_niche text, of_status text, on_device uuid, carrying text)
  RETURNS TABLE (holds boolean) LANGUAGE sql STABLE AS $$
  SELECT (of_niche IS NULL OR of_niche = ANY (lead.niches))
    AND (of_status IS NULL OR lead.target_status = of_status)
    AND (on_device IS NULL OR lead.device_id = on_device)
    AND (carrying IS NULL OR EXISTS (SELECT FROM lead_triggers t WHERE t.lead_id = lead.id AND t.trigger = carrying))
$$;
