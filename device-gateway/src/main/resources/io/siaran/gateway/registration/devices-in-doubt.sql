-- The devices of a user ($1) that work and yet look bad, and which warning they carry: the platform refused five contacts in a
-- row and more, or accepts messages without any receipt. Nearly always none; two partial indexes know them.
SELECT p.device_id, 'contacts_refused' AS doubt FROM device_pacing p JOIN devices d ON d.id = p.device_id
WHERE p.contact_refusals >= 5 AND d.user_id = $1 AND NOT d.deleted
UNION ALL
SELECT h.device_id, 'receipts_stopped' FROM receipt_habits h JOIN devices d ON d.id = h.device_id
WHERE h.silent_since IS NOT NULL AND d.user_id = $1 AND NOT d.deleted
