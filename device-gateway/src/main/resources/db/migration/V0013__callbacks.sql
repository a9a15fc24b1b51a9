-- What the platforms told us by callback and nobody has worked off yet: written before the callback is answered, deleted by
-- the transaction that publishes it.
CREATE TABLE callback_inbox (
  id          bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  platform    text NOT NULL,
  device_id   uuid NOT NULL,
  -- What makes the event one of its kind at its device (see CallbackEvent): told again while it waits, it is the same row.
  provider_id text NOT NULL,
  kind        text NOT NULL,
  -- Which worker takes it.
  purpose     text NOT NULL CHECK (purpose IN ('receipt', 'reply', 'connection')),
  at          timestamptz NOT NULL,
  received_at timestamptz NOT NULL,
  due_at      timestamptz NOT NULL,
  failures    integer NOT NULL DEFAULT 0,
  -- Our message id, where the platform repeats it.
  our_id      uuid,
  -- The person, by phone, by WhatsApp's hidden number (LID), or by both.
  phone       text,
  lid         text,
  name        text,
  type        text,
  text        text,
  -- Of a reply: what its words say of being written to, where they do (ReplyVerdict); 'doubtful': they may say stop.
  wish        text CHECK (wish IN ('stop', 'start', 'doubtful')),
  detail      text,
  CHECK (length(provider_id) BETWEEN 1 AND 255 AND length(kind) <= 40 AND length(lid) <= 40)
)
-- Every row is deleted soon: without an eager vacuum the heads of the indexes fill with dead entries.
WITH (fillfactor = 80, autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 5000, autovacuum_vacuum_cost_delay = 0);

CREATE UNIQUE INDEX callback_inbox_once ON callback_inbox (device_id, provider_id, kind, platform);
CREATE INDEX callback_inbox_due ON callback_inbox (purpose, due_at);

-- Which of our messages a platform's id is: a receipt names nothing else. Kept longer than the journal, since people read a
-- message weeks after it came. Narrow, because it holds every message of two months; whose it is, its device says.
CREATE TABLE sent_messages (
  device_id           uuid NOT NULL,
  provider_message_id text NOT NULL,
  message_id          uuid NOT NULL,
  try_no              integer NOT NULL,
  -- To whom it went: tells who is behind a LID in whose chat it turns up.
  phone               text,
  accepted_at         timestamptz NOT NULL,
  -- What was told to dispatch of it.
  delivered           boolean NOT NULL DEFAULT false,
  read                boolean NOT NULL DEFAULT false,
  refused             boolean NOT NULL DEFAULT false,
  PRIMARY KEY (device_id, provider_message_id),
  CHECK (delivered OR NOT read)
) WITH (fillfactor = 80);
CREATE INDEX sent_messages_accepted ON sent_messages (accepted_at);
-- What was sent to a person who asks, or is erased. Its condition keeps it out of the reach of all that do not say so.
CREATE INDEX sent_messages_of_person ON sent_messages (phone) WHERE phone > '';

-- Writes down the platform's id of every try that a platform took, whoever found out that it did: the turn's own answer, a
-- look-up, a receipt under our id. A receipt that was here before that answer is due at once; one that another transaction
-- is looking at now comes again by itself.
CREATE FUNCTION note_sent_messages() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO sent_messages (device_id, provider_message_id, message_id, try_no, phone, accepted_at)
  SELECT device_id, provider_message_id, message_id, try_no, phone, ended_at FROM changed
  WHERE state = 'accepted' AND length(provider_message_id) BETWEEN 1 AND 255
  ORDER BY device_id, provider_message_id
  ON CONFLICT DO NOTHING;
  IF FOUND THEN
    UPDATE callback_inbox SET due_at = clock_timestamp() WHERE id IN (
      SELECT i.id FROM changed JOIN callback_inbox i
        ON i.device_id = changed.device_id AND i.provider_id = changed.provider_message_id AND i.purpose = 'receipt'
      WHERE changed.state = 'accepted' AND i.due_at > clock_timestamp()
      FOR UPDATE OF i SKIP LOCKED);
  END IF;
  RETURN NULL;
END
$$;
CREATE TRIGGER send_journal_sent AFTER UPDATE ON send_journal REFERENCING NEW TABLE AS changed
  FOR EACH STATEMENT EXECUTE FUNCTION note_sent_messages();

-- What people wrote to the devices. Without a phone: WhatsApp hides the sender behind a LID, and nobody could say yet who it is.
CREATE TABLE inbound_messages (
  id          uuid PRIMARY KEY,
  user_id     text NOT NULL,
  device_id   uuid NOT NULL,
  provider_id text NOT NULL,
  phone       text,
  lid         text,
  name        text,
  type        text NOT NULL,
  text        text NOT NULL,
  -- What it says of being written to; an alert counts who says stop, or may, and is not known.
  wish        text,
  at          timestamptz NOT NULL,
  received_at timestamptz NOT NULL,
  -- When somebody looks again who wrote it; null where that is known, or only a new fact can tell.
  resolve_at  timestamptz,
  failures    integer NOT NULL DEFAULT 0,
  -- When an operator said that nothing is left to be done about it.
  handled_at  timestamptz,
  CHECK (phone IS NOT NULL OR lid IS NOT NULL),
  CHECK (phone IS NULL OR resolve_at IS NULL)
);
CREATE UNIQUE INDEX inbound_messages_once ON inbound_messages (device_id, provider_id);
CREATE INDEX inbound_messages_user ON inbound_messages (user_id, id);
CREATE INDEX inbound_messages_phone ON inbound_messages (user_id, phone, id) WHERE phone IS NOT NULL;
CREATE INDEX inbound_messages_received ON inbound_messages (received_at);
CREATE INDEX inbound_messages_resolve ON inbound_messages (resolve_at) WHERE resolve_at IS NOT NULL;
-- Which devices wait to be asked, and since when: from one to the next, past all that each waits for.
CREATE INDEX inbound_messages_asking ON inbound_messages (device_id, resolve_at) WHERE resolve_at IS NOT NULL;
CREATE INDEX inbound_messages_hidden ON inbound_messages (device_id, lid) WHERE phone IS NULL;
-- Who asks to stop, or may, without saying who it is: for the alert, and for who looks for them.
CREATE INDEX inbound_messages_hidden_stops ON inbound_messages (user_id, id)
  WHERE phone IS NULL AND wish IN ('stop', 'doubtful') AND handled_at IS NULL;

-- What a person last said of being written to, by any device of the user: holds what is for them from a STOP on until campaign-service
-- has decided, however long that takes, or for a day. Nobody is suppressed by it.
CREATE TABLE last_wishes (
  user_id  text NOT NULL,
  phone    text NOT NULL,
  stops    boolean NOT NULL,
  -- When it was written, as the platform says, but never later than it came.
  said_at  timestamptz NOT NULL,
  heard_at timestamptz NOT NULL,
  PRIMARY KEY (user_id, phone)
);
CREATE INDEX last_wishes_heard ON last_wishes (heard_at);

-- Who asked a device to stop while nobody knew who it is: holds what is for the person as soon as its LID is known, and until the
-- suppression that campaign-service makes of its phone is here.
CREATE TABLE lid_suppressions (
  device_id uuid NOT NULL,
  lid       text NOT NULL,
  since     timestamptz NOT NULL,
  -- When it became known who it is, and the reply was published.
  known_at  timestamptz,
  PRIMARY KEY (device_id, lid)
);
CREATE INDEX lid_suppressions_since ON lid_suppressions (since);

-- Who is behind a LID, as far as a device knows.
CREATE TABLE lid_phones (
  device_id uuid NOT NULL,
  lid       text NOT NULL,
  phone     text NOT NULL,
  learnt_at timestamptz NOT NULL,
  PRIMARY KEY (device_id, lid)
);
CREATE INDEX lid_phones_of_person ON lid_phones (phone);

-- How the receipts of a device usually come, and what it sent since the last one: a number that WhatsApp silences still has its
-- messages accepted. One row a device that ever had a receipt; a platform that tells of none has no rows here.
CREATE TABLE receipt_habits (
  device_id    uuid PRIMARY KEY,
  receipts     integer NOT NULL,
  -- From acceptance to the first receipt, on average, the latest ones counting most; of what took longer an hour counts.
  usual_ms     double precision NOT NULL,
  last_at      timestamptz NOT NULL,
  -- device_pacing.accepted when that receipt came, at the last look, and at the look before it, which was long enough ago that
  -- what was accepted by then should have its receipt.
  answered     bigint NOT NULL,
  newer        bigint NOT NULL,
  newer_at     timestamptz NOT NULL,
  older        bigint NOT NULL,
  -- Since when it is known that they stopped.
  silent_since timestamptz
) WITH (fillfactor = 80);
CREATE INDEX receipt_habits_silent ON receipt_habits (device_id) WHERE silent_since IS NOT NULL;
