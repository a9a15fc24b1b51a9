-- Counts a batch of lines and keeps the lease, in the transaction that wrote them. No row: the import is another's by now.
UPDATE imports
   SET lines = lines + $3 + $4 + $5 + $6 + $7, created = created + $3, updated = updated + $4, unchanged = unchanged + $5,
       duplicate = duplicate + $6, refused = refused + $7, rejections_not_kept = rejections_not_kept + $8,
       lease_until = clock_timestamp() + interval '2 minutes', lost_leases = 0, updated_at = clock_timestamp()
 WHERE id = $1 AND lease = $2
RETURNING id
