-- How many messages stand in each status, from the counts: as many rows as there are devices, not messages.
SELECT coalesce(sum(pending), 0)::bigint AS pending, coalesce(sum(processing), 0)::bigint AS processing,
  coalesce(sum(unknown), 0)::bigint AS unknown
FROM device_counts
