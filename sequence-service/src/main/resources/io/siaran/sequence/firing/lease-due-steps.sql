-- Leases the steps that are due ($1 at most, for $2 seconds), with everything their messages say. SKIP LOCKED and the
-- lease keep two instances apart. What is left out waits: the sequence is inactive, the device not online, the person
-- opted out or no longer carries what let the lead in (and
-- is about to leave). The device is noted with the lease, because from now on a message may be out.
-- The expiry counts from here: a step that waited for its device is sent late, and the timeline moves with it.
WITH due AS (
  SELECT c.id, c.message_id, c.user_id, l.device_id, c.lead_id, c.sequence_id, c.step_id,
    l.phone, l.name, s.niche, l.attributes::text AS attributes, p.message_type, p.content, p.media_url,
    CASE WHEN p.min_delay_seconds IS NULL THEN s.min_delay_seconds ELSE p.min_delay_seconds END AS min_delay_seconds,
    CASE WHEN p.min_delay_seconds IS NULL THEN s.max_delay_seconds ELSE p.max_delay_seconds END AS max_delay_seconds,
    s.anti_spam, e.time_zone, c.next_trigger_time,
    statement_timestamp() + make_interval(secs => s.expire_after_seconds) AS expires_at,
    before.message_id AS before_message_id, before.device_id AS before_device_id
  FROM sequence_contacts c
  JOIN enrolments e ON e.id = c.enrolment_id AND e.status = 'open'
  JOIN sequences s ON s.id = c.sequence_id AND s.status = 'active'
  JOIN sequence_steps p ON p.id = c.step_id AND p.removed_at IS NULL
  JOIN leads l ON l.id = c.lead_id AND NOT l.deleted
  JOIN devices d ON d.id = l.device_id AND d.user_id = c.user_id AND d.status = 'online' AND NOT d.deleted
  -- The step before, where a person might still retry it: it must not come after this one.
  LEFT JOIN LATERAL (
    SELECT CASE WHEN b.status <> 'sent' THEN b.message_id END AS message_id, b.processing_device_id AS device_id
    FROM sequence_contacts b
    WHERE b.enrolment_id = c.enrolment_id AND b.current_step < c.current_step AND b.processing_device_id IS NOT NULL
    ORDER BY b.current_step DESC
    LIMIT 1) before ON true
  WHERE c.status = 'active'
    -- Who waits by an older plan is planned anew first. What went out once is never planned anew.
    AND (c.plan_version >= s.plan_version OR c.processing_device_id IS NOT NULL)
    AND c.fired_at IS NULL
    AND c.next_trigger_time <= statement_timestamp()
    AND (c.lease_until IS NULL OR c.lease_until < statement_timestamp())
    AND (c.set_aside_until IS NULL OR c.set_aside_until < statement_timestamp())
    AND still_caused(c.lead_id, e.trigger, e.assignment)
    AND NOT EXISTS (
      SELECT FROM suppressions x WHERE x.user_id = l.user_id AND x.phone = l.phone AND NOT x.deleted)
  ORDER BY c.next_trigger_time, c.id
  LIMIT $1
  FOR UPDATE OF c SKIP LOCKED
)
UPDATE sequence_contacts c
SET lease_until = statement_timestamp() + make_interval(secs => $2), processing_device_id = due.device_id
FROM due
WHERE c.id = due.id
RETURNING due.*
