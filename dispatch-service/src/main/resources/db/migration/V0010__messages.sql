-- The durable queue: messages, and what their rows no longer tell. Constraints say what each status means, so that a wrong
-- row is impossible. What follows from a change of a row stands in R__triggers.sql.

-- Which status a reason ends a message with, for every path that ends one.
CREATE FUNCTION ended_status(reason text) RETURNS text
  LANGUAGE sql IMMUTABLE
  RETURN CASE
    WHEN reason IN ('expired', 'contact_rejected', 'not_on_whatsapp', 'message_rejected', 'provider_failed',
                    'media_unavailable', 'suppressed', 'wrong_owner', 'rejected_after_accept', 'resolved_as_failed') THEN 'failed'
    WHEN reason IN ('plan_cancelled', 'withdrawn', 'superseded_run', 'sent_in_earlier_run', 'device_deleted',
                    'lead_deleted', 'cancelled_by_user') THEN 'cancelled'
  END;

-- The UTC day that the id of a message begins with. Unlike any other time of a message it never changes and is a range
-- of the primary key: it finds the rows that a count counts, and leaves with them when a month of messages is dropped.
CREATE FUNCTION id_day(id uuid) RETURNS date
  LANGUAGE sql IMMUTABLE
  RETURN date '1970-01-01'
    + (('x' || encode(substr(uuid_send(id), 1, 6), 'hex'))::bit(48)::bigint / 86400000)::int;

-- The least id of a day.
CREATE FUNCTION first_id(day date) RETURNS uuid
  LANGUAGE sql IMMUTABLE
  RETURN rpad(lpad(to_hex((day - date '1970-01-01')::bigint * 86400000), 12, '0'), 32, '0')::uuid;

-- The hour of the day that a message is planned for, where it counts.
CREATE FUNCTION planned_hour(scheduled_at timestamptz, time_zone text) RETURNS smallint
  LANGUAGE sql IMMUTABLE
  RETURN extract(hour FROM scheduled_at AT TIME ZONE time_zone)::smallint;

-- Partitioned by the id itself, whose first 48 bits are the planned time: the key that makes redelivery harmless is then
-- the primary key of the whole table. A key on (id, created_at) would let a redelivery in twice.
CREATE TABLE broadcast_messages (
  id                  uuid PRIMARY KEY,
  kind                text NOT NULL CHECK (kind IN ('campaign', 'step', 'direct', 'test')),
  -- Bounded because indexes and counts have it in their keys.
  user_id             text NOT NULL CHECK (char_length(user_id) <= 255),
  device_id           uuid NOT NULL,
  lead_id             uuid,
  campaign_id         uuid,
  run                 int NOT NULL DEFAULT 0,
  sequence_id         uuid,
  sequence_stepid     uuid,
  contact_id          uuid,
  recipient_phone     text NOT NULL CHECK (recipient_phone ~ '^[1-9][0-9]{6,14}$'),
  recipient_name      text,
  -- What the text may ask of the recipient: a flat object of texts.
  attributes          jsonb CHECK (jsonb_typeof(attributes) = 'object'),
  -- Which version of its lead its device, phone and name are of; null: nobody told.
  lead_version        bigint,
  niche               text,
  type                text NOT NULL CHECK (type IN ('text', 'image')),
  message             text NOT NULL,
  media_url           text,
  min_delay           int,
  max_delay           int,
  anti_spam           text CHECK (anti_spam IN ('full', 'greeting', 'off')),
  -- Whether the platform is asked first if the recipient is on WhatsApp; null: as the device says.
  check_number        boolean,
  time_zone           text NOT NULL,
  scheduled_at        timestamptz NOT NULL,
  expires_at          timestamptz,
  status              text NOT NULL DEFAULT 'pending'
                      CHECK (status IN ('pending', 'processing', 'sent', 'failed', 'cancelled', 'unknown')),
  -- scheduled_at at first; a try that came back moves it on.
  due_at              timestamptz NOT NULL,
  -- Waits for its paused plan, out of the sight of the release.
  parked              boolean NOT NULL DEFAULT false,
  -- Its lead moved to this device while a try was out: it follows as soon as it waits again.
  moving_to           uuid,
  -- How often it was released, and how many of those tries count against the limit of three.
  try_no              int NOT NULL DEFAULT 0,
  attempts            int NOT NULL DEFAULT 0,
  -- When the try began that try_no counts; null once the row is pending again (then message_facts has it).
  released_at         timestamptz,
  not_after           timestamptz,
  lease_until         timestamptz,
  -- When to ask the gateway for this try back: the end of the lease, or earlier when somebody stopped the message.
  recall_at           timestamptz,
  -- The longest pause that was told to the gateway for this try.
  max_pause           int,
  -- What a stopped try ends with, if the gateway gives it back.
  ending              text,
  -- Tries that the platform took: by its answer, by a receipt, or because an operator or the policy says so.
  taken_tries         int[],
  -- Tries that it took and could not deliver after all. Once known, no late acceptance of theirs counts any more.
  refused_tries       int[],
  -- The last try whose open outcome an operator or the policy waived; every later Send carries it.
  superseded_try      int,
  failure_reason      text,
  error_message       text,
  sent_text           text,
  provider_message_id text,
  -- Which lane the try took that was sent (SendLane); null where nobody told.
  lane                text CHECK (lane IN ('reply', 'cold')),
  sent_at             timestamptz,
  delivered_at        timestamptz,
  read_at             timestamptz,
  created_at          timestamptz NOT NULL DEFAULT clock_timestamp(),
  updated_at          timestamptz NOT NULL DEFAULT clock_timestamp(),
  -- Since when it has its status; null: since it was stored.
  status_since        timestamptz,
  version             bigint NOT NULL DEFAULT 1,

  -- What may stop it as a whole: its campaign or its sequence. A test is sent whatever its campaign does.
  plan_id     uuid GENERATED ALWAYS AS (CASE kind WHEN 'campaign' THEN campaign_id WHEN 'step' THEN sequence_id END) STORED,
  -- The order of MessageKind.priority().
  priority    smallint NOT NULL GENERATED ALWAYS AS (CASE kind WHEN 'campaign' THEN 2 WHEN 'step' THEN 1 ELSE 0 END) STORED,
  -- The day it is counted on, whatever becomes of it.
  planned_day date NOT NULL GENERATED ALWAYS AS ((scheduled_at AT TIME ZONE time_zone)::date) STORED,

  CONSTRAINT a_campaign_message_names_its_cause CHECK (
    kind <> 'campaign' OR (campaign_id IS NOT NULL AND run >= 1 AND lead_id IS NOT NULL)),
  CONSTRAINT a_step_names_its_cause CHECK (
    kind <> 'step' OR (sequence_id IS NOT NULL AND sequence_stepid IS NOT NULL AND contact_id IS NOT NULL AND lead_id IS NOT NULL)),
  CONSTRAINT an_image_has_a_url CHECK (type <> 'image' OR media_url IS NOT NULL),
  CONSTRAINT delays_come_together CHECK (
    (min_delay IS NULL AND max_delay IS NULL) OR coalesce(0 <= min_delay AND min_delay <= max_delay AND max_delay <= 3600, false)),
  CONSTRAINT attempts_are_tries CHECK (0 <= attempts AND attempts <= try_no),
  -- An unknown message keeps its ending: should its try come back after all, it must not be sent again.
  CONSTRAINT only_a_released_message_has_a_lease CHECK (
    CASE WHEN status = 'processing'
      THEN try_no >= 1 AND not_after IS NOT NULL AND lease_until IS NOT NULL AND recall_at IS NOT NULL AND max_pause IS NOT NULL
      ELSE lease_until IS NULL AND recall_at IS NULL AND max_pause IS NULL AND (ending IS NULL OR status = 'unknown')
    END),
  CONSTRAINT only_a_pending_message_is_parked CHECK (NOT parked OR status = 'pending'),
  CONSTRAINT only_what_may_be_sent_yet_moves CHECK (moving_to IS NULL OR status IN ('pending', 'processing', 'unknown')),
  CONSTRAINT an_unknown_message_was_tried CHECK (status <> 'unknown' OR try_no >= 1),
  CONSTRAINT a_sent_message_has_its_time CHECK (status <> 'sent' OR sent_at IS NOT NULL),
  CONSTRAINT only_what_was_sent_is_delivered CHECK (sent_at IS NOT NULL OR (delivered_at IS NULL AND read_at IS NULL)),
  CONSTRAINT a_delivered_message_is_sent CHECK (delivered_at IS NULL OR status = 'sent'),
  CONSTRAINT a_read_message_was_delivered CHECK (read_at IS NULL OR delivered_at IS NOT NULL),
  CONSTRAINT an_ended_message_has_the_reason_of_its_status CHECK (
    CASE WHEN status IN ('failed', 'cancelled')
      THEN coalesce(ended_status(failure_reason) = status, false)
      ELSE failure_reason IS NULL
    END),
  CONSTRAINT an_ending_is_a_reason CHECK (ending IS NULL OR ended_status(ending) IS NOT NULL)
) PARTITION BY RANGE (id);

-- Rows of months that have no partition yet; R__months.sql makes the partitions.
CREATE TABLE broadcast_messages_default PARTITION OF broadcast_messages DEFAULT;

-- The release: what a device may say next, within one priority.
CREATE INDEX broadcast_messages_next ON broadcast_messages (device_id, priority, due_at, created_at, id)
  WHERE status = 'pending' AND NOT parked;
-- One index of what is in flight, for the window of a device and for recalls: there are at most some thousands of entries,
-- so recalls read them all. With an index of recall_at beside it the planner, which never sees many messages in flight in
-- its statistics, counted a device's messages by reading everybody's (docs/adr/0011).
CREATE INDEX broadcast_messages_in_flight ON broadcast_messages (device_id, recall_at) WHERE status = 'processing';
CREATE INDEX broadcast_messages_expiry ON broadcast_messages (expires_at) WHERE status = 'pending' AND expires_at IS NOT NULL;
-- Stopping a plan: what it has not sent yet.
CREATE INDEX broadcast_messages_unsent ON broadcast_messages (plan_id, id) WHERE status IN ('pending', 'processing');
-- Intake of a later run: who already has the campaign.
CREATE INDEX broadcast_messages_reached ON broadcast_messages (campaign_id, lead_id)
  WHERE kind = 'campaign' AND status IN ('sent', 'unknown');
-- Moving or stopping what a lead has not got yet.
CREATE INDEX broadcast_messages_of_lead ON broadcast_messages (lead_id)
  WHERE lead_id IS NOT NULL AND status IN ('pending', 'processing', 'unknown');
CREATE INDEX broadcast_messages_moving ON broadcast_messages (id) WHERE moving_to IS NOT NULL;
-- Lists, newest planned first; and a recipient's messages, also to stop them. Their conditions hold of every row and keep
-- them out of the engines' reach: an index with a condition serves only those who ask for what it says, and engines ask by
-- id. Where PostgreSQL believes a month to be empty, it takes any index that has the id in it for as good as the primary
-- key (docs/adr/0011).
CREATE INDEX broadcast_messages_of_plan ON broadcast_messages (plan_id, id) WHERE plan_id IS NOT NULL;
CREATE INDEX broadcast_messages_of_user ON broadcast_messages (user_id, id) WHERE user_id IS NOT NULL;
CREATE INDEX broadcast_messages_of_device ON broadcast_messages (device_id, id) WHERE device_id IS NOT NULL;
CREATE INDEX broadcast_messages_of_person ON broadcast_messages (user_id, recipient_phone, id) WHERE user_id IS NOT NULL;
-- What did not go well: little, among all that was sent. A list or an action that asks for it reads nothing else.
CREATE INDEX broadcast_messages_not_sent ON broadcast_messages (user_id, id, status)
  WHERE status IN ('failed', 'unknown', 'cancelled') AND user_id IS NOT NULL;

-- What the row of a message no longer tells, and what operators decided about it. A message that is sent at its first try,
-- fails or is cancelled has no row here: its own columns tell it all.
CREATE TABLE message_facts (
  message_id uuid NOT NULL,
  n          bigint GENERATED ALWAYS AS IDENTITY,
  at         timestamptz NOT NULL DEFAULT clock_timestamp(),
  fact       text NOT NULL CHECK (fact IN ('released', 'returned', 'attempt_failed', 'unknown', 'sent', 'failed', 'cancelled',
                                           'cancel_asked', 'retried', 'resolved')),
  try_no     int NOT NULL,
  reason     text,
  detail     text,
  -- Who decided it; null: nobody, it happened.
  by_user    text,
  PRIMARY KEY (message_id, n)
);

-- Messages by months of their ids (UTC): see R__months.sql and the package retention.

-- The ids from which on anything may be waiting or in flight: what the release looks for is looked for from here on, and
-- the indexes of older months are not even opened. One row.
CREATE TABLE queue_bounds (open_from uuid NOT NULL);
INSERT INTO queue_bounds VALUES ('00000000-0000-0000-0000-000000000000');

-- The months whose messages are gone; their counts stay.
CREATE TABLE dropped_months (
  month      date PRIMARY KEY,
  dropped_at timestamptz NOT NULL DEFAULT now()
);
