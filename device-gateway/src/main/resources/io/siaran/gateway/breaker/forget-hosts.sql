-- Forgets hosts that are in no trouble and have no device any more: a tenant may name as many as it likes. What is locked
-- is in use.
DELETE FROM platform_hosts WHERE host IN (
  SELECT host FROM platform_hosts h
  WHERE open_since IS NULL AND releasing IS NULL
    AND NOT EXISTS (SELECT FROM devices d WHERE d.host = h.host AND NOT d.deleted)
  ORDER BY host FOR UPDATE SKIP LOCKED)
