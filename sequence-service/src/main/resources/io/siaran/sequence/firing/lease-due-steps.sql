-- Looks at the steps that are due, of each user ($2) some ($3) by their times, and takes each out of the way of the next look. Those that may go out
-- are leased (for $1 seconds) and given with everything their messages say. Those whose sequence is not active or whose device is
-- not online are parked (unpark-steps.sql frees them). SKIP LOCKED and the lease keep two instances apart. What stays is left
-- alone for a moment only: the person opted out, no longer carries what let the lead in, or walks already as another lead, and is about to leave; or its plan is
-- about to be made anew. The device is noted with the lease, because from now on a message may be out.
-- The expiry counts from here: a step that waited for its device is sent late, and the timeline moves with it.
-- One row comes also where nothing is leased: taken says how many steps were leased or parked.
WITH due AS (
  SELECT mine.*
  FROM unnest($2::text[], $3::integer[]) AS turn (user_id, most)
  CROSS JOIN LATERAL (
    SELECT c.id, c.message_id, c.user_id, l.device_id, c.lead_id, c.sequence_id, c.step_id,
      l.phone, l.name, s.niche, l.attributes::text AS attributes, l.version AS lead_version, p.message_type, p.content, p.media_url,
      CASE WHEN p.min_delay_seconds IS NULL THEN s.min_delay_seconds ELSE p.min_delay_seconds END AS min_delay_seconds,
      CASE WHEN p.min_delay_seconds IS NULL THEN s.max_delay_seconds ELSE p.max_delay_seconds END AS max_delay_seconds,
      s.anti_spam, e.time_zone, c.next_trigger_time,
      statement_timestamp() + make_interval(secs => s.expire_after_seconds) AS expires_at,
      before.message_id AS before_message_id, before.device_id AS before_device_id,
      CASE WHEN s.status <> 'active' THEN s.id WHEN d.id IS NULL THEN l.device_id END AS parked_for
    FROM sequence_contacts c
    JOIN enrolments e ON e.id = c.enrolment_id AND e.status = 'open'
    JOIN sequences s ON s.id = c.sequence_id AND s.deleted_at IS NULL
    -- What went out once is repeated also after the step was removed.
    JOIN sequence_steps p ON p.id = c.step_id AND (p.removed_at IS NULL OR c.processing_device_id IS NOT NULL)
    JOIN leads l ON l.id = c.lead_id AND NOT l.deleted
    LEFT JOIN devices d ON d.id = l.device_id AND d.user_id = c.user_id AND d.status = 'online' AND NOT d.deleted
    CROSS JOIN LATERAL still_caused(c.lead_id, e.trigger, e.assignment) caused
    CROSS JOIN LATERAL walks_twice(e.id, e.sequence_id, e.person, e.lead_id, l.user_id, l.phone) twice
    -- The step before, where an operator might still retry it: it must not come after this one.
    LEFT JOIN LATERAL (
      SELECT CASE WHEN b.status <> 'sent' THEN b.message_id END AS message_id, b.processing_device_id AS device_id
      FROM sequence_contacts b
      WHERE b.enrolment_id = c.enrolment_id AND b.current_step < c.current_step AND b.message_id IS NOT NULL
        AND b.processing_device_id IS NOT NULL
      ORDER BY b.current_step DESC
      LIMIT 1) before ON true
    WHERE c.user_id = turn.user_id AND c.status = 'active'
      -- Who waits by an older plan is planned anew first. What went out once is never planned anew.
      AND (c.plan_version >= s.plan_version OR c.processing_device_id IS NOT NULL)
      AND c.fired_at IS NULL
      AND c.parked_for IS NULL
      AND greatest(c.next_trigger_time, c.set_aside_until) <= statement_timestamp()
      AND (c.lease_until IS NULL OR c.lease_until < statement_timestamp())
      AND caused.holds AND NOT twice.holds
      AND NOT EXISTS (
        SELECT FROM suppressions x WHERE x.user_id = l.user_id AND x.phone = l.phone AND NOT x.deleted)
    ORDER BY greatest(c.next_trigger_time, c.set_aside_until), c.id
    LIMIT turn.most
    FOR UPDATE OF c SKIP LOCKED) mine
),
-- Whose lead stays where it is until the commit: one that is being moved finds its step parked, and frees it (free-moved-steps.sql).
staying AS (
  SELECT l.id
  FROM due
  JOIN leads l ON l.id = due.lead_id AND l.device_id = due.device_id
  WHERE due.parked_for = due.device_id
  FOR SHARE OF l SKIP LOCKED
),
-- The row is locked also where it is there: whoever frees the last of its steps, and deletes it, does not overlook these.
obstacles AS (
  INSERT INTO parkings (parked_for, user_id)
  SELECT DISTINCT parked_for, user_id FROM due WHERE parked_for IS NOT NULL
  ORDER BY 1, 2
  ON CONFLICT (parked_for, user_id) DO UPDATE SET user_id = excluded.user_id
),
parked AS (
  UPDATE sequence_contacts c
  SET parked_for = due.parked_for, went_out = c.processing_device_id IS NOT NULL
  FROM due
  WHERE c.id = due.id AND (due.parked_for = due.sequence_id OR due.lead_id IN (SELECT id FROM staying))
  RETURNING c.id
),
leased AS (
  UPDATE sequence_contacts c
  SET lease_until = statement_timestamp() + make_interval(secs => $1), processing_device_id = due.device_id, device_id = due.device_id
  FROM due
  WHERE c.id = due.id AND due.parked_for IS NULL
  RETURNING due.*
)
SELECT taken.*, leased.*
FROM (SELECT ((SELECT count(*) FROM parked) + (SELECT count(*) FROM leased))::integer AS taken) taken
LEFT JOIN leased ON true
