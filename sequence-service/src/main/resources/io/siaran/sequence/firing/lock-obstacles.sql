-- The next devices and sequences ($1 at most) that steps are or were parked for, behind one of them ($2, of user $3), locked.
SELECT k.parked_for, k.user_id FROM parkings k
WHERE (k.parked_for, k.user_id) > ($2::uuid, $3::text)
ORDER BY k.parked_for, k.user_id
LIMIT $1
FOR UPDATE OF k SKIP LOCKED
