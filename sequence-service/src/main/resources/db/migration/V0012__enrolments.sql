-- Up to which version a sequence's entry points were looked at: a higher one has its possible leads reviewed.
CREATE TABLE sequence_reviews (
  sequence_id uuid   PRIMARY KEY,
  version     bigint NOT NULL
);

-- One walk of one lead through one sequence.
CREATE TABLE enrolments (
  id            uuid        PRIMARY KEY,
  user_id       text        NOT NULL,
  sequence_id   uuid        NOT NULL REFERENCES sequences (id),
  lead_id       uuid        NOT NULL,
  -- The very assignment that let the lead in; it is the one removed at the end.
  trigger       text        NOT NULL,
  assignment    bigint      NOT NULL,
  entry_step_id uuid        NOT NULL,
  time_zone     text        NOT NULL,
  status        text        NOT NULL CHECK (status IN ('open', 'completed', 'left')),
  left_reason   text,
  entered_at    timestamptz NOT NULL,
  ended_at      timestamptz,
  -- Walks that led into one another share it; came_from is the walk before, chained_to the trigger given at the end.
  chain_id      uuid        NOT NULL,
  came_from     uuid,
  chained_to    text,
  UNIQUE (lead_id, sequence_id, trigger, assignment),
  CHECK ((status = 'open') = (ended_at IS NULL)),
  CHECK ((status = 'left') = (left_reason IS NOT NULL)),
  CHECK (status = 'completed' OR chained_to IS NULL)
);

CREATE UNIQUE INDEX enrolments_one_open_walk ON enrolments (lead_id, sequence_id) WHERE status = 'open';
CREATE INDEX enrolments_chained ON enrolments (lead_id, chained_to) WHERE chained_to IS NOT NULL;
CREATE INDEX enrolments_of_chain ON enrolments (chain_id);

-- One step of one walk.
CREATE TABLE sequence_contacts (
  id                   uuid        PRIMARY KEY,
  user_id              text        NOT NULL,
  enrolment_id         uuid        NOT NULL REFERENCES enrolments (id),
  sequence_id          uuid        NOT NULL,
  step_id              uuid        NOT NULL REFERENCES sequence_steps (id),
  lead_id              uuid        NOT NULL,
  -- Where it stands in the walk, from 1.
  current_step         integer     NOT NULL CHECK (current_step >= 1),
  status               text        NOT NULL CHECK (status IN ('pending', 'active', 'sent', 'failed', 'cancelled', 'unknown')),
  -- A projection while pending; fixed when the row becomes active.
  next_trigger_time    timestamptz NOT NULL,
  -- Computed once, when the row becomes active.
  message_id           uuid        UNIQUE,
  -- Firing: leased by one instance, published, marked. The device is set with the lease: from then on a message may be out.
  processing_device_id uuid,
  lease_until          timestamptz,
  fired_at             timestamptz,
  -- The message as dispatch last told it.
  message_version      bigint      NOT NULL DEFAULT 0,
  failure_reason       text,
  sent_at              timestamptz,
  delivered_at         timestamptz,
  read_at              timestamptz,
  unknown_since        timestamptz,
  -- When its outcome moved the walk on; a later truth changes counts only.
  settled_at           timestamptz,
  UNIQUE (enrolment_id, current_step),
  CHECK (status IN ('pending', 'cancelled') OR message_id IS NOT NULL),
  CHECK (status <> 'pending' OR message_id IS NULL),
  CHECK (fired_at IS NULL OR processing_device_id IS NOT NULL),
  CHECK (status <> 'unknown' OR unknown_since IS NOT NULL)
);

-- The database itself refuses that two steps of a walk are under way at once.
CREATE UNIQUE INDEX sequence_contacts_one_at_a_time ON sequence_contacts (enrolment_id) WHERE status = 'active';
CREATE INDEX sequence_contacts_due ON sequence_contacts (next_trigger_time, id) WHERE status = 'active' AND fired_at IS NULL;
CREATE INDEX sequence_contacts_unknown ON sequence_contacts (unknown_since) WHERE status = 'unknown' AND settled_at IS NULL;
CREATE INDEX sequence_contacts_of_sequence ON sequence_contacts (sequence_id, enrolment_id, current_step);
CREATE INDEX sequence_contacts_of_lead ON sequence_contacts (lead_id);
