-- What steps are parked for, and is there again ($1 at most): devices online, sequences active. Locked, so that meanwhile nobody parks for it.
-- There are as many as devices and sequences that block something, not as steps that they block.
SELECT k.parked_for, k.user_id
FROM parkings k
WHERE EXISTS (
    SELECT FROM devices d WHERE d.id = k.parked_for AND d.user_id = k.user_id AND d.status = 'online' AND NOT d.deleted)
  OR EXISTS (SELECT FROM sequences s WHERE s.id = k.parked_for AND s.user_id = k.user_id AND s.status = 'active')
ORDER BY k.parked_for, k.user_id
LIMIT $1
FOR UPDATE OF k SKIP LOCKED
