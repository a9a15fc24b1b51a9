-- The months that have a partition; conditions follow.
SELECT month FROM (
  SELECT to_date(right(relname, 7), 'YYYY_MM') AS month
  FROM pg_inherits JOIN pg_class ON pg_class.oid = inhrelid
  WHERE inhparent = 'broadcast_messages'::regclass AND relname ~ '_[0-9]{4}_[0-9]{2}$'
) AS there
