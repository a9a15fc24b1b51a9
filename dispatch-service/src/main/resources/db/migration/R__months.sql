-- Messages by months of their ids (UTC), so that an old month leaves as a whole, and so that its indexes are not in the way.
-- Rows of months that have no partition yet wait in the default one; see the package retention for who keeps this up.

CREATE OR REPLACE FUNCTION message_month(month date) RETURNS text
  LANGUAGE sql IMMUTABLE
  RETURN 'broadcast_messages_' || to_char(month, 'YYYY_MM');

-- Makes the partition of a month, with what the default partition had for it. The rows move in this transaction: the table
-- is filled before it is attached and the default partition is emptied directly, so no trigger of the queue sees a change.
-- Locks everybody out meanwhile, or an outcome could miss its row on the way: the caller bounds how long it waits for that.
CREATE OR REPLACE FUNCTION add_month(month date) RETURNS void LANGUAGE plpgsql AS $$
DECLARE
  columns text := (SELECT string_agg(quote_ident(attname), ', ' ORDER BY attnum) FROM pg_attribute
                   WHERE attrelid = 'broadcast_messages'::regclass AND attnum > 0 AND NOT attisdropped AND attgenerated = '');
  low uuid := first_id(month);
  high uuid := first_id((month + interval '1 month')::date);
BEGIN
  LOCK TABLE broadcast_messages IN ACCESS EXCLUSIVE MODE;
  EXECUTE format('CREATE TABLE %I (LIKE broadcast_messages INCLUDING DEFAULTS INCLUDING GENERATED INCLUDING CONSTRAINTS)',
                 message_month(month));
  EXECUTE format('INSERT INTO %I (%s) SELECT %s FROM broadcast_messages_default WHERE id >= %L AND id < %L',
                 message_month(month), columns, columns, low, high);
  DELETE FROM broadcast_messages_default WHERE id >= low AND id < high;
  EXECUTE format('ALTER TABLE broadcast_messages ATTACH PARTITION %I FOR VALUES FROM (%L) TO (%L)',
                 message_month(month), low, high);
END $$;

-- Months that have no partition and should: this one, the next two, and those before for which there are rows.
CREATE OR REPLACE FUNCTION missing_months() RETURNS SETOF date LANGUAGE sql STABLE AS $$
  SELECT month FROM (
    SELECT (date_trunc('month', now() AT TIME ZONE 'UTC') + n * interval '1 month')::date AS month FROM generate_series(0, 2) AS n
    UNION
    SELECT DISTINCT date_trunc('month', id_day(id)::timestamp)::date FROM broadcast_messages_default
    WHERE id < first_id((date_trunc('month', now() AT TIME ZONE 'UTC') + interval '3 months')::date)
  ) AS wanted
  WHERE to_regclass(message_month(month)) IS NULL
  ORDER BY month
$$;

-- The first id of the month of so long ago. The bound is never raised beyond that of 3 days ago; so whoever makes a younger
-- message wait than that of 2 days ago need not look at it: no transaction lives for the day between.
CREATE OR REPLACE FUNCTION settled_before(margin interval) RETURNS uuid
  LANGUAGE sql STABLE
  RETURN first_id(date_trunc('month', (now() - margin) AT TIME ZONE 'UTC')::date);

-- Lowers the bound for a message of an older month that begins to wait. The row's lock comes first: either whoever raises
-- the bound sees the message, or the message sees the raised bound.
CREATE OR REPLACE FUNCTION open_from(id uuid) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
  PERFORM FROM queue_bounds FOR UPDATE;
  UPDATE queue_bounds SET open_from = id WHERE open_from > id;
END $$;

-- What there are messages of already, and what comes next.
SELECT add_month(month) FROM missing_months() AS month;
