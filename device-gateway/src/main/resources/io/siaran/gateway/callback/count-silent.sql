-- Devices whose receipts stopped and which sent something within a day: by an index that holds nothing else.
SELECT count(*) AS silent FROM receipt_habits h
  JOIN device_pacing p ON p.device_id = h.device_id
  JOIN devices d ON d.id = h.device_id AND NOT d.deleted
WHERE h.silent_since IS NOT NULL AND p.busy_until > clock_timestamp() - interval '1 day'
