-- The numbers that may send. Written through Hibernate, but for a change of their user's rules; a turn reads them inside
-- its transaction. Lists are JSON, read by this service only.
CREATE TABLE devices (
  id             uuid PRIMARY KEY,
  user_id        text NOT NULL,
  name           text NOT NULL,
  phone          text,
  -- Which adapter speaks for it; WhatsApp Web is stored by its engine. No list here: a replica that does not know a platform leaves its devices alone.
  platform       text NOT NULL,
  base_url       text NOT NULL,
  -- Host and port of base_url: what is in trouble together.
  host           text NOT NULL GENERATED ALWAYS AS (lower(regexp_replace(
                   regexp_replace(base_url, '^[A-Za-z][A-Za-z0-9+.-]*://([^/?#]*).*$', '\1'), ':(80|443)$', ''))) STORED,
  -- What its server calls it, where one server serves many numbers (WhatsApp Web).
  session        text,
  -- AES-GCM; the key is configuration and never in the database.
  credential     bytea NOT NULL,
  -- Keyed hash of platform, base_url and what tells the number there from others: tells equal ones without decrypting any.
  fingerprint    bytea NOT NULL,
  -- What is known of it (see DeviceCondition), and what others see of that.
  condition      text NOT NULL CHECK (condition IN
                   ('unchecked', 'online', 'disconnected', 'refused', 'restricted', 'banned', 'paused')),
  status         text NOT NULL CHECK (status IN ('online', 'offline', 'paused', 'banned')),
  status_since   timestamptz NOT NULL,
  status_reason  text,
  -- A call was refused: before then a check that says "connected" changes nothing.
  held_until     timestamptz,
  -- Why its platform refuses it (see RefusalCause): says what can lift the hold.
  refusal_cause  text CHECK (refusal_cause IS NULL OR condition <> 'online'),
  last_seen      timestamptz,
  -- Checks in a row that were not answered, and since when there are three.
  failed_checks     integer NOT NULL DEFAULT 0,
  unreachable_since timestamptz,
  min_delay      integer,
  max_delay      integer,
  time_zone      text NOT NULL,
  anti_spam      text NOT NULL CHECK (anti_spam IN ('full', 'greeting', 'off')),
  hourly_cap     integer CHECK (hourly_cap BETWEEN 1 AND 1000),
  daily_cap      integer CHECK (daily_cap BETWEEN 1 AND 100000),
  -- Both of the cold lane alone: everybody who did not write first, and of those whom its number never wrote to.
  cold_daily_cap    integer CHECK (cold_daily_cap BETWEEN 1 AND 100000),
  first_contact_cap integer CHECK (first_contact_cap BETWEEN 1 AND 100000),
  warm_up        boolean NOT NULL DEFAULT false,
  -- Whether its pauses are stretched while its health is poor, and by how much they are now.
  auto_slow      boolean NOT NULL DEFAULT false,
  slow_factor    integer NOT NULL DEFAULT 1 CHECK (slow_factor IN (1, 2, 4)),
  quiet_hours    text NOT NULL DEFAULT '[]',
  unknown_policy text NOT NULL DEFAULT 'hold' CHECK (unknown_policy IN ('hold', 'assume_sent', 'retry')),
  greetings      text NOT NULL DEFAULT '[]',
  typing         boolean NOT NULL DEFAULT false,
  -- Whether its people are asked for on WhatsApp before they are written to.
  check_numbers  boolean NOT NULL DEFAULT false,
  -- When somebody asked for its phone to be linked, until it is.
  link_asked_at  timestamptz,
  -- Which secret its callback address carries (CallbackSecrets), and when it got that one: the one before holds a while longer.
  callback_generation integer NOT NULL DEFAULT 1 CHECK (callback_generation >= 1),
  callback_rotated_at timestamptz,
  -- Keyed hash of the phone that is linked to it, where it was linked through us and its server says which one it is.
  linked_number  bytea,
  -- The same phone, for its owner's eyes: what tells numbers apart, also across users and for ever, is the hash.
  linked_phone   text,
  -- Whether a phone may be linked to it through us: it is logged out when the device is deleted.
  link_begun     boolean NOT NULL DEFAULT false,
  -- How often that failed, and when it is tried again; null: at the next look.
  unlink_failures integer NOT NULL DEFAULT 0,
  unlink_again_at timestamptz,
  next_check_at  timestamptz NOT NULL,
  -- When an instance last took it to ask its platform about it.
  checked_at     timestamptz,
  -- When its platform last told of its connection by itself, to the hour: who tells is asked less often.
  connection_told_at timestamptz,
  -- Works and yet looks bad, as a look every few seconds finds it (NoteDoubts).
  in_doubt       boolean NOT NULL DEFAULT false,
  -- How much in need of somebody it is, 0 the most: what sort=trouble goes by.
  trouble        integer NOT NULL GENERATED ALWAYS AS (CASE
                   WHEN condition = 'banned' THEN 0 WHEN condition = 'refused' THEN 1 WHEN condition = 'restricted' THEN 2
                   WHEN condition = 'disconnected' THEN 3 WHEN in_doubt THEN 4 WHEN unreachable_since IS NOT NULL THEN 5
                   WHEN condition = 'unchecked' THEN 6 WHEN condition = 'paused' THEN 7 ELSE 8 END) STORED,
  version        bigint NOT NULL,
  deleted        boolean NOT NULL DEFAULT false,
  created_at     timestamptz NOT NULL,
  updated_at     timestamptz NOT NULL,
  CHECK ((min_delay IS NULL) = (max_delay IS NULL)),
  CHECK (min_delay IS NULL OR (0 <= min_delay AND min_delay <= max_delay AND max_delay <= 3600)),
  CHECK ((status = 'online') = (status_reason IS NULL)),
  CHECK (status = CASE WHEN condition IN ('online', 'banned', 'paused') THEN condition ELSE 'offline' END),
  CHECK (held_until IS NULL OR condition NOT IN ('online', 'paused')),
  CHECK (auto_slow OR slow_factor = 1),
  CHECK (linked_number IS NOT NULL OR linked_phone IS NULL)
);

-- One number is one device, across users.
CREATE UNIQUE INDEX devices_fingerprint ON devices (fingerprint) WHERE NOT deleted;
CREATE UNIQUE INDEX devices_linked_number ON devices (linked_number) WHERE linked_number IS NOT NULL AND NOT deleted;
CREATE INDEX devices_user ON devices (user_id, id) WHERE NOT deleted;
CREATE INDEX devices_user_trouble ON devices (user_id, trouble, id) WHERE NOT deleted;
-- How many are in which state is counted again and again (count-conditions.sql). What changes it changes trouble as well, so no update loses anything by it.
CREATE INDEX devices_condition ON devices (condition) WHERE NOT deleted;
CREATE INDEX devices_in_doubt ON devices (id) WHERE in_doubt;
CREATE INDEX devices_host ON devices (host) WHERE NOT deleted;
CREATE INDEX devices_unreachable ON devices (unreachable_since) WHERE unreachable_since IS NOT NULL AND NOT deleted;
CREATE INDEX devices_deleted_links ON devices (unlink_again_at NULLS FIRST, id) WHERE deleted AND link_begun;
CREATE INDEX devices_auto_slow ON devices (id) WHERE auto_slow AND NOT deleted;
CREATE INDEX devices_next_check ON devices (next_check_at) WHERE NOT deleted AND status <> 'paused';

-- The oldest of a device's callback secrets that holds: its newest one, or the one before for so many hours after it was replaced.
CREATE FUNCTION oldest_callback_generation(device devices, overlap_hours integer) RETURNS integer LANGUAGE sql AS $$
  SELECT device.callback_generation
    - CASE WHEN device.callback_rotated_at > clock_timestamp() - overlap_hours * interval '1 hour' THEN 1 ELSE 0 END
$$;

-- Which devices are, or ever were, which number, told by its fingerprint: a number is the platform's, so what it sent as one
-- device binds it as the next one, whosever that is. A number that comes back to a device is a row more, since it was another's between.
CREATE TABLE device_numbers (
  fingerprint bytea NOT NULL,
  device_id   uuid NOT NULL,
  since       timestamptz NOT NULL,
  PRIMARY KEY (fingerprint, device_id, since)
);

-- What a user asks of all its devices. No row is no rule.
CREATE TABLE sending_rules (
  user_id         text PRIMARY KEY,
  quiet_hours     text NOT NULL,
  holidays        text,
  rest_days       boolean NOT NULL,
  friday_prayer   boolean NOT NULL,
  rate_per_minute integer CHECK (rate_per_minute BETWEEN 1 AND 100000),
  version         bigint NOT NULL,
  updated_at      timestamptz NOT NULL
);

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
