-- Notes with each device whether it works and yet looks bad: the platform refused five contacts in a row and more, or accepts
-- messages without any receipt. Reads those that look bad and those of which that is noted, nearly always none, by partial
-- indexes; writes where it changed. Nobody else is told: no version rises.
-- Locked in order of id, as all who lock several devices do; one that somebody holds has the next look. Each is written what it is to be,
-- and only where it is not so by now: another instance may have noted it since this one began to look.
WITH looks_bad AS (
  SELECT device_id FROM device_pacing WHERE contact_refusals >= 5
  UNION
  SELECT device_id FROM receipt_habits WHERE silent_since IS NOT NULL
), changed AS (
  SELECT d.id, true AS doubt FROM looks_bad JOIN devices d ON d.id = looks_bad.device_id WHERE NOT d.in_doubt AND NOT d.deleted
  UNION ALL
  SELECT d.id, false FROM devices d
  WHERE d.in_doubt
    AND NOT EXISTS (SELECT FROM device_pacing p WHERE p.device_id = d.id AND p.contact_refusals >= 5)
    AND NOT EXISTS (SELECT FROM receipt_habits h WHERE h.device_id = d.id AND h.silent_since IS NOT NULL)
), locked AS (
  SELECT d.id, changed.doubt FROM changed JOIN devices d ON d.id = changed.id
  WHERE d.in_doubt <> changed.doubt
  ORDER BY d.id
  FOR UPDATE OF d SKIP LOCKED
)
UPDATE devices d SET in_doubt = locked.doubt FROM locked WHERE d.id = locked.id AND d.in_doubt <> locked.doubt
