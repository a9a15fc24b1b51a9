-- Messages by months of their ids (UTC), so that an old month leaves as a whole, and so that its indexes are not in the way.
-- Rows of months that have no partition yet wait in the default one; see the package retention for who keeps this up.

CREATE FUNCTION message_month(month date) RETURNS text
  LANGUAGE sql IMMUTABLE
  RETURN 'broadcast_messages_' || to_char(month, 'YYYY_MM');

-- Makes the partition of a month, with what the default partition had for it. The rows move in this transaction: the table
-- is filled before it is attached and the default partition is emptied directly, so no trigger of the queue sees a change.
-- Locks everybody out meanwhile, or an outcome could miss its row on the way: the caller bounds how long it waits for that.
CREATE FUNCTION add_month(month date) RETURNS void LANGUAGE plpgsql AS $$
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
CREATE FUNCTION missing_months() RETURNS SETOF date LANGUAGE sql STABLE AS $$
  SELECT month FROM (
    SELECT (date_trunc('month', now() AT TIME ZONE 'UTC') + n * interval '1 month')::date AS month FROM generate_series(0, 2) AS n
    UNION
    SELECT DISTINCT date_trunc('month', id_day(id)::timestamp)::date FROM broadcast_messages_default
    WHERE id < first_id((date_trunc('month', now() AT TIME ZONE 'UTC') + interval '3 months')::date)
  ) AS wanted
  WHERE to_regclass(message_month(month)) IS NULL
  ORDER BY month
$$;

-- The ids from which on anything may be waiting or in flight: what the release looks for is looked for from here on, and
-- the indexes of older months are not even opened.
CREATE TABLE queue_bounds (open_from uuid NOT NULL);
INSERT INTO queue_bounds VALUES ('00000000-0000-0000-0000-000000000000');

-- The first id of the month of so long ago. The bound is never raised beyond that of 3 days ago; so whoever makes a younger
-- message wait than that of 2 days ago need not look at it: no transaction lives for the day between.
CREATE FUNCTION settled_before(margin interval) RETURNS uuid
  LANGUAGE sql STABLE
  RETURN first_id(date_trunc('month', (now() - margin) AT TIME ZONE 'UTC')::date);

-- Lowers the bound for a message of an older month that begins to wait. The row's lock comes first: either whoever raises
-- the bound sees the message, or the message sees the raised bound.
CREATE FUNCTION open_from(id uuid) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
  PERFORM FROM queue_bounds FOR UPDATE;
  UPDATE queue_bounds SET open_from = id WHERE open_from > id;
END $$;

CREATE FUNCTION open_months_of_new_messages() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM open_from(id) FROM (
    SELECT id FROM new_rows
    WHERE status = 'pending' AND id < (SELECT settled_before('2 days'))
    ORDER BY id LIMIT 1) AS oldest;
  RETURN NULL;
END $$;

CREATE FUNCTION open_months_of_changed_messages() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  -- What waits or is in flight already is within the bound: of an ordinary send there is nothing to do here.
  IF EXISTS (SELECT FROM old_rows WHERE status NOT IN ('pending', 'processing')) THEN
    PERFORM open_from(id) FROM (
      SELECT n.id FROM new_rows AS n JOIN old_rows AS o USING (id)
      WHERE n.status = 'pending' AND o.status NOT IN ('pending', 'processing') AND n.id < (SELECT settled_before('2 days'))
      ORDER BY n.id LIMIT 1) AS oldest;
  END IF;
  RETURN NULL;
END $$;

CREATE TRIGGER open_months_of_new_messages AFTER INSERT ON broadcast_messages
  REFERENCING NEW TABLE AS new_rows
  FOR EACH STATEMENT EXECUTE FUNCTION open_months_of_new_messages();

CREATE TRIGGER open_months_of_changed_messages AFTER UPDATE ON broadcast_messages
  REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows
  FOR EACH STATEMENT EXECUTE FUNCTION open_months_of_changed_messages();

-- The months whose messages are gone; their counts stay.
CREATE TABLE dropped_months (
  month      date PRIMARY KEY,
  dropped_at timestamptz NOT NULL DEFAULT now()
);

-- What a data folder had before there were months.
SELECT add_month(month) FROM missing_months() AS month;

-- Who changes messages may have told the planner to go by index (by_index.sql); what these do with the rows that changed
-- is a join of two lists without any.
ALTER FUNCTION tell_of_new_messages() SET enable_sort = on;
ALTER FUNCTION tell_of_changed_messages() SET enable_hashjoin = on SET enable_sort = on;
ALTER FUNCTION keep_facts() SET enable_hashjoin = on SET enable_sort = on;
ALTER FUNCTION open_months_of_changed_messages() SET enable_hashjoin = on SET enable_sort = on;
