-- Up to which entry_version a sequence was looked at: a higher one has its possible leads reviewed.
CREATE TABLE sequence_reviews (
  sequence_id uuid   PRIMARY KEY,
  version     bigint NOT NULL,
  -- The last lead that was put up for review for it, by ids; null: all were.
  marked_to   uuid
);

-- Who is to enter a sequence because somebody asked for it. Deleted by the review that looks at it.
CREATE TABLE requested_entries (
  lead_id     uuid NOT NULL,
  sequence_id uuid NOT NULL REFERENCES sequences (id),
  PRIMARY KEY (lead_id, sequence_id)
);

-- Of a sequence the leads one after the other: what is to be ended may be very many.
CREATE INDEX requested_entries_of_sequence ON requested_entries (sequence_id, lead_id);

-- Filters by which somebody asked leads into a sequence (null is any), until all that match were asked.
CREATE TABLE requested_crowds (
  id            uuid PRIMARY KEY,
  user_id       text NOT NULL,
  sequence_id   uuid NOT NULL REFERENCES sequences (id),
  niche         text,
  target_status text,
  device_id     uuid,
  trigger       text,
  -- The last lead that was asked, by ids.
  asked_to      uuid NOT NULL DEFAULT '00000000-0000-0000-0000-000000000000'
);

CREATE INDEX requested_crowds_of_sequence ON requested_crowds (sequence_id);

-- Whom such a filter asks in no more, because somebody took them out meanwhile: one lead, or all that match (null is any).
CREATE TABLE left_out_of_crowds (
  crowd_id      uuid NOT NULL REFERENCES requested_crowds (id) ON DELETE CASCADE,
  lead_id       uuid,
  niche         text,
  target_status text,
  device_id     uuid,
  trigger       text,
  UNIQUE NULLS NOT DISTINCT (crowd_id, lead_id, niche, target_status, device_id, trigger)
);

-- One enrolment of one lead through one sequence.
CREATE TABLE enrolments (
  id            uuid        PRIMARY KEY,
  user_id       text        NOT NULL,
  sequence_id   uuid        NOT NULL REFERENCES sequences (id),
  lead_id       uuid        NOT NULL,
  -- The very assignment that let the lead in; it is the one removed at the end. Null: the API let the lead in.
  trigger       text,
  assignment    bigint,
  -- Every token of this sequence's entry points that the lead carried on entering, with its assignment: none of them lets the
  -- lead in again.
  tokens        jsonb       NOT NULL,
  -- The phone, where of one person only one lead walks (sequences.one_person); a correction of it follows with the review.
  person        text,
  -- The lead's status on entering, for stop_on_status.
  entered_status text       NOT NULL,
  entry_step_id uuid        NOT NULL,
  time_zone     text        NOT NULL,
  status        text        NOT NULL CHECK (status IN ('open', 'completed', 'left')),
  left_reason   text        CHECK (left_reason IN (
    'lead_deleted', 'suppressed', 'sequence_deleted', 'trigger_removed', 'status_changed', 'replied', 'device_deleted', 'taken_out',
    'message_cancelled', 'step_failed', 'step_unknown', 'contact_rejected', 'same_person')),
  entered_at    timestamptz NOT NULL,
  ended_at      timestamptz,
  -- When the person answered first, and last, to whichever device.
  replied_at    timestamptz,
  last_reply_at timestamptz,
  -- Enrolments that led into one another share it; came_from is the enrolment before, chained_to the trigger given at the end.
  chain_id      uuid        NOT NULL,
  came_from     uuid,
  chained_to    text,
  -- With chained_to: the newest assignment of it that any walk of the lead went back to at the end of this one, or 0. Where one goes back to a later
  -- one, the lead was let in since. Null with chained_to: nobody can say.
  used_up_to    bigint,
  UNIQUE (lead_id, sequence_id, trigger, assignment),
  CHECK ((trigger IS NULL) = (assignment IS NULL)),
  CHECK ((status = 'open') = (ended_at IS NULL)),
  CHECK ((status = 'left') = (left_reason IS NOT NULL)),
  CHECK ((replied_at IS NULL) = (last_reply_at IS NULL)),
  CHECK (status = 'completed' OR chained_to IS NULL),
  CHECK (chained_to IS NOT NULL OR used_up_to IS NULL)
);

CREATE UNIQUE INDEX enrolments_one_open ON enrolments (lead_id, sequence_id) WHERE status = 'open';
CREATE UNIQUE INDEX enrolments_one_of_person ON enrolments (sequence_id, person) WHERE status = 'open' AND person IS NOT NULL;
-- Who is inside a sequence; and what a removal of a sequence looks for.
CREATE INDEX enrolments_of_sequence ON enrolments (sequence_id, status, lead_id);
CREATE INDEX enrolments_chained ON enrolments (lead_id, chained_to) WHERE chained_to IS NOT NULL;
CREATE INDEX enrolments_of_chain ON enrolments (chain_id);

-- One step of one enrolment. Whoever writes one selects from its enrolment, and from the steps of its sequence, which stay as rows when they
-- are removed. No foreign keys say so: to check two is two look-ups and two locks for each of the thirty rows of a walk, a
-- third of what PostgreSQL does for a walk that enters.
CREATE TABLE sequence_contacts (
  id                   uuid        PRIMARY KEY,
  user_id              text        NOT NULL,
  enrolment_id         uuid        NOT NULL,
  sequence_id          uuid        NOT NULL,
  step_id              uuid        NOT NULL,
  lead_id              uuid        NOT NULL,
  -- Where it stands in the walk, from 1; a projection while pending, for the way ahead follows the steps as they are then.
  current_step         integer     NOT NULL CHECK (current_step >= 1),
  status               text        NOT NULL CHECK (status IN ('pending', 'active', 'sent', 'failed', 'cancelled', 'unknown')),
  -- A projection while pending. An active row's follows edits of the wait until the step is fired; its message id does not.
  next_trigger_time    timestamptz NOT NULL,
  -- Computed once from the row's own id, when the row becomes active, and so of this row alone; no index, since nobody looks for it.
  message_id           uuid,
  -- By which plan_version of the sequence it became active, or was last planned anew.
  plan_version         bigint,
  -- By which it could not be planned anew: it is tried again by a newer one, or when it is no longer set aside.
  plan_tried           bigint,
  -- Since when it waits: the step before was sent then, or came to nothing; at the first one the lead entered.
  waits_since          timestamptz,
  -- What a step that is due waits for, as its firing found it: its sequence to be active, or its lead's device to be online.
  parked_for           uuid,
  -- Firing: leased by one instance, published, marked. The device is set with the lease: from then on a message may be out.
  processing_device_id uuid,
  -- At which device it is counted: the one that its message was given to; before that the one that its lead is on.
  device_id            uuid        NOT NULL,
  lease_until          timestamptz,
  fired_at             timestamptz,
  -- The newest status of the message that dispatch published.
  message_version      bigint      NOT NULL DEFAULT 0,
  failure_reason       text,
  sent_at              timestamptz,
  delivered_at         timestamptz,
  read_at              timestamptz,
  -- When the person answered first after it and before the next one.
  replied_at           timestamptz,
  unknown_since        timestamptz,
  -- Whether its message may have been sent although its status says otherwise, as dispatch told last.
  in_doubt             boolean     NOT NULL DEFAULT false,
  -- Whether it is never planned anew, for its message may be out: that a device has it (processing_device_id), as an index may know it. Written
  -- where what other indexes know is changed anyway: with the mark, and where it is parked.
  went_out             boolean     NOT NULL DEFAULT false,
  -- When its outcome moved the enrolment on; a later truth changes counts only.
  settled_at           timestamptz,
  -- When something last happened to a step that was reached, for whoever is shown the contact; no time of the others, for those are cleared
  -- by what comes later, as by a retry.
  changed_at           timestamptz,
  -- A row that an engine cannot process is left alone until then, with the reason, and tried again.
  set_aside_until      timestamptz,
  set_aside_reason     text,
  UNIQUE (enrolment_id, step_id),
  CHECK (status = 'pending' OR status = 'cancelled' OR plan_version IS NOT NULL),
  CHECK (status IN ('pending', 'cancelled') OR message_id IS NOT NULL),
  CHECK (status <> 'pending' OR message_id IS NULL),
  CHECK (fired_at IS NULL OR processing_device_id IS NOT NULL),
  CHECK (processing_device_id IS NULL OR processing_device_id = device_id),
  CHECK (NOT went_out OR processing_device_id IS NOT NULL),
  CHECK (parked_for IS NULL OR status = 'active'),
  CHECK (status <> 'unknown' OR unknown_since IS NOT NULL),
  CHECK ((set_aside_until IS NULL) = (set_aside_reason IS NULL)),
  CHECK (plan_tried IS NULL OR set_aside_until IS NOT NULL)
)
-- A page has the steps of about one walk, of which one at a time changes: room for its next version.
WITH (fillfactor = 85);

-- A row is changed five times, and nearly each time every index that knows it gets an entry, which is much of what an outcome costs. So there is
-- none by which hardly anybody looks: a lead's rows are found by its enrolments.

-- The database itself refuses that two steps of an enrolment are under way at once.
CREATE UNIQUE INDEX sequence_contacts_one_at_a_time ON sequence_contacts (enrolment_id) WHERE status = 'active';
-- What is due, without what is parked or set aside: a look costs what can go out, however much is blocked. And the same user by
-- user, for turns.
CREATE INDEX sequence_contacts_due ON sequence_contacts (greatest(next_trigger_time, set_aside_until), id)
  WHERE status = 'active' AND fired_at IS NULL AND parked_for IS NULL;
CREATE INDEX sequence_contacts_due_of_user ON sequence_contacts (user_id, greatest(next_trigger_time, set_aside_until), id)
  WHERE status = 'active' AND fired_at IS NULL AND parked_for IS NULL;
CREATE INDEX sequence_contacts_parked ON sequence_contacts (parked_for) WHERE parked_for IS NOT NULL;
-- Of a walk the steps that it reached: however many are laid out, an outcome reads these.
CREATE INDEX sequence_contacts_reached ON sequence_contacts (enrolment_id, current_step) WHERE message_id IS NOT NULL;
-- Who waits for a step by an older plan, those not among them who were tried by the newest and failed; and these, by when they are tried again:
-- however many fail, a look reads none before its time. Nor does it read what is fired once more and waits for its device. No index knows what a lease changes (lease_until and both devices), so that to lease a step
-- writes one row and no index, as long as its page has room.
CREATE INDEX sequence_contacts_to_replan ON sequence_contacts (sequence_id, coalesce(plan_tried, plan_version))
  WHERE status = 'active' AND fired_at IS NULL AND NOT went_out;
CREATE INDEX sequence_contacts_to_replan_later ON sequence_contacts (sequence_id, set_aside_until)
  WHERE status = 'active' AND fired_at IS NULL AND NOT went_out AND plan_tried IS NOT NULL;
-- What was fired and has had no outcome for long: the message or its news may be lost.
CREATE INDEX sequence_contacts_fired ON sequence_contacts (fired_at) WHERE status = 'active' AND fired_at IS NOT NULL;
-- Cancelled with its device, while its contact stays: goes out once its lead is on another. User by user, for turns.
CREATE INDEX sequence_contacts_stranded ON sequence_contacts (user_id, id) WHERE status = 'cancelled' AND settled_at IS NULL;
-- Nobody knows yet. User by user, for turns; those that were set aside behind the others, by when they are tried again.
CREATE INDEX sequence_contacts_unknown ON sequence_contacts (user_id, set_aside_until NULLS FIRST, unknown_since)
  WHERE status = 'unknown' AND settled_at IS NULL;
-- The list of contacts reads one range of it a status.
CREATE INDEX sequence_contacts_of_sequence ON sequence_contacts (sequence_id, status, enrolment_id, current_step, id);

-- What steps are parked for: devices and sequences, of whom. Each look at what is due asks these, not the steps, whether they wait still.
CREATE TABLE parkings (
  parked_for uuid NOT NULL,
  user_id    text NOT NULL,
  PRIMARY KEY (parked_for, user_id)
);
