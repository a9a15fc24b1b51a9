-- What became of each device: every change of its condition, with since when and why, newest last. Written by the transaction
-- that changes the device, whoever that is: a check, a callback, an outcome, an operator.
CREATE TABLE device_events (
  id         bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  device_id  uuid NOT NULL,
  kind       text NOT NULL CHECK (kind IN ('registered', 'condition', 'unreachable', 'reachable', 'deleted')),
  -- What the device was from then on (see DeviceCondition).
  condition  text NOT NULL,
  status     text NOT NULL,
  since      timestamptz NOT NULL,
  reason     text NOT NULL,
  held_until timestamptz,
  at         timestamptz NOT NULL DEFAULT clock_timestamp()
);
CREATE INDEX device_events_device ON device_events (device_id, id);
CREATE INDEX device_events_at ON device_events (at);

-- One change may be two events: a platform that answers again may say that the device is connected. A device that flaps keeps
-- its last 1,000: its row is locked by the change, so no two of its events are written at once.
CREATE FUNCTION note_device_events() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  kinds text[] := '{}';
BEGIN
  IF TG_OP = 'INSERT' THEN
    kinds := '{registered}';
  ELSE
    IF OLD.unreachable_since IS NULL AND NEW.unreachable_since IS NOT NULL THEN
      kinds := kinds || 'unreachable'::text;
    ELSIF OLD.unreachable_since IS NOT NULL AND NEW.unreachable_since IS NULL THEN
      kinds := kinds || 'reachable'::text;
    END IF;
    IF NEW.deleted AND NOT OLD.deleted THEN
      kinds := kinds || 'deleted'::text;
    ELSIF (NEW.condition, NEW.status_reason, NEW.held_until)
        IS DISTINCT FROM (OLD.condition, OLD.status_reason, OLD.held_until) THEN
      kinds := kinds || 'condition'::text;
    END IF;
  END IF;
  INSERT INTO device_events (device_id, kind, condition, status, since, reason, held_until)
  SELECT NEW.id, told.kind, NEW.condition, NEW.status,
    CASE told.kind WHEN 'unreachable' THEN NEW.unreachable_since
      WHEN 'registered' THEN NEW.status_since WHEN 'condition' THEN NEW.status_since ELSE clock_timestamp() END,
    CASE told.kind WHEN 'unreachable' THEN 'its platform could not be asked about it three times in a row; it still sends'
      WHEN 'reachable' THEN 'its platform answers again'
      WHEN 'deleted' THEN 'deleted by its owner'
      ELSE coalesce(NEW.status_reason, 'its platform says that it is connected') END,
    NEW.held_until
  FROM unnest(kinds) AS told (kind);
  DELETE FROM device_events WHERE id IN (
    SELECT id FROM device_events WHERE device_id = NEW.id ORDER BY id DESC OFFSET 1000 LIMIT 100);
  RETURN NULL;
END
$$;
CREATE TRIGGER device_registered AFTER INSERT ON devices FOR EACH ROW EXECUTE FUNCTION note_device_events();
-- Nearly every change of a device is that it was seen: that is none of these.
CREATE TRIGGER device_changed AFTER UPDATE ON devices FOR EACH ROW
  WHEN (OLD.condition <> NEW.condition OR OLD.status_reason IS DISTINCT FROM NEW.status_reason
    OR OLD.held_until IS DISTINCT FROM NEW.held_until OR OLD.deleted <> NEW.deleted
    OR (OLD.unreachable_since IS NULL) <> (NEW.unreachable_since IS NULL))
  EXECUTE FUNCTION note_device_events();
