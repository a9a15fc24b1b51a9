-- Devices whose platform cannot be asked about them, and devices of which it refused five contacts in a row and more: each
-- by an index that holds nothing else.
SELECT
  (SELECT count(*) FROM devices WHERE unreachable_since IS NOT NULL AND NOT deleted) AS unreachable,
  (SELECT count(*) FROM device_pacing WHERE contact_refusals >= 5) AS refusing
