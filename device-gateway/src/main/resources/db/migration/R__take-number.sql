-- The device is from now on that number (its fingerprint, or the one of the phone that is linked to it), and takes over what the
-- number sent as other devices: its pause, its day, its hour. So neither a new registration nor another credential nor a phone
-- that is linked anew lets a number send sooner or more.
-- A device has taken over from those before it, so the one that sent most has counted everything. A turn of an older
-- device that is just beginning holds its row and is waited for; a call under way counts up to its deadline. A platform's
-- throttle stays with the number as well; of trouble, and of refusals, nothing is known of the device as it is now.
CREATE OR REPLACE FUNCTION take_number(device uuid, number bytea) RETURNS void LANGUAGE sql AS $$
WITH noted AS (
  INSERT INTO device_numbers (fingerprint, device_id, since)
  SELECT number, device, clock_timestamp()
  WHERE device IS DISTINCT FROM (
    SELECT latest.device_id FROM device_numbers latest WHERE latest.fingerprint = number ORDER BY latest.since DESC LIMIT 1)
), before AS MATERIALIZED (
  SELECT busy_until, counted_day, sent_on_day, first_contacts_on_day, recent_sends,
    CASE WHEN hold_reason = 'rate_limited' THEN held_until END AS throttled_until
  FROM device_pacing
  WHERE device_id IN (
    SELECT known.device_id FROM device_numbers known WHERE known.fingerprint = number UNION SELECT device)
  ORDER BY device_id
  FOR UPDATE
)
INSERT INTO device_pacing (device_id, busy_until, counted_day, sent_on_day, first_contacts_on_day, recent_sends, held_until, held_since,
  hold_reason)
SELECT
  device,
  max(busy_until),
  max(counted_day),
  coalesce((SELECT max(sent_on_day) FROM before WHERE counted_day = (SELECT max(counted_day) FROM before)), 0),
  coalesce((SELECT max(first_contacts_on_day) FROM before WHERE counted_day = (SELECT max(counted_day) FROM before)), 0),
  ARRAY(SELECT DISTINCT began FROM before, unnest(recent_sends) AS began ORDER BY began),
  max(throttled_until),
  CASE WHEN max(throttled_until) IS NOT NULL THEN clock_timestamp() END,
  CASE WHEN max(throttled_until) IS NOT NULL THEN 'rate_limited' END
FROM before HAVING count(*) > 0
ON CONFLICT (device_id) DO UPDATE
SET busy_until = excluded.busy_until, counted_day = excluded.counted_day, sent_on_day = excluded.sent_on_day,
  first_contacts_on_day = excluded.first_contacts_on_day, replies_on_day = 0, failed_on_day = 0, refused_on_day = 0,
  recent_sends = excluded.recent_sends, held_until = excluded.held_until, held_since = excluded.held_since,
  hold_reason = excluded.hold_reason, holds_back = false, host = NULL, probes_until = NULL,
  troubles = 0, openings = 0, refusals = 0, contact_refusals = 0;
$$;

-- Whom the number ever wrote to, it wrote to as well under what its platform knows it by from now on (a new token): nobody becomes a
-- stranger by that.
CREATE OR REPLACE FUNCTION keep_contacts(known_by bytea, known_by_now bytea) RETURNS void LANGUAGE sql AS $$
INSERT INTO contacted_people (number, phone, since)
SELECT known_by_now, phone, since FROM contacted_people WHERE number = known_by AND known_by <> known_by_now ORDER BY phone
ON CONFLICT DO NOTHING;
$$;
