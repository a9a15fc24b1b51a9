-- Everything that steps are or were parked for, locked.
SELECT k.parked_for, k.user_id FROM parkings k
ORDER BY k.parked_for, k.user_id
LIMIT $1
FOR UPDATE OF k SKIP LOCKED
