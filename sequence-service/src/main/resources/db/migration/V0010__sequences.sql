-- What operators author: a sequence and its steps. Written by Hibernate (authoring), read by the engines.
CREATE TABLE sequences (
  id                   uuid        PRIMARY KEY,
  user_id              text        NOT NULL,
  name                 text        NOT NULL,
  -- One tag in lower case; null is any.
  niche                text        CHECK (niche <> ''),
  trigger              text        CHECK (trigger <> ''),
  target_status        text        NOT NULL CHECK (target_status IN ('prospect', 'customer', 'all')),
  status               text        NOT NULL CHECK (status IN ('active', 'inactive')),
  min_delay_seconds    integer,
  max_delay_seconds    integer,
  -- Null: as the device says.
  time_zone            text,
  anti_spam            text        CHECK (anti_spam IN ('full', 'greeting', 'off')),
  on_failure           text        NOT NULL CHECK (on_failure IN ('continue', 'stop')),
  on_unknown           text        NOT NULL CHECK (on_unknown IN ('continue', 'stop')),
  stop_on_reply        boolean     NOT NULL,
  stop_on_status       boolean     NOT NULL,
  -- Once: of the leads that are one person, on several devices, only one walks.
  one_person           text        NOT NULL CHECK (one_person IN ('once', 'each')),
  allow_reentry        boolean     NOT NULL,
  -- Null: a step's message never expires.
  expire_after_seconds bigint      CHECK (expire_after_seconds > 0),
  -- Rises with every committed change; announced with the plan, and the ETag of REST.
  version              bigint      NOT NULL CHECK (version > 0),
  -- The version as of the last change that may let other leads in: who carries a trigger is reviewed for that, and for no other edit.
  entry_version        bigint      NOT NULL CHECK (entry_version > 0 AND entry_version <= version),
  -- The version as of the last change of which steps there are, their order or their waits, and when that was: whoever waits for
  -- a step is planned anew for it.
  plan_version         bigint      NOT NULL CHECK (plan_version > 0 AND plan_version <= version),
  plan_changed_at      timestamptz NOT NULL,
  created_at           timestamptz NOT NULL,
  updated_at           timestamptz NOT NULL,
  -- A deleted sequence stays as a row: its contacts' late outcomes still have a place. REST and engines leave it out.
  deleted_at           timestamptz,
  CHECK (deleted_at IS NULL OR status = 'inactive'),
  CHECK ((min_delay_seconds IS NULL) = (max_delay_seconds IS NULL)),
  CHECK (0 <= min_delay_seconds AND min_delay_seconds <= max_delay_seconds AND max_delay_seconds <= 3600)
);

CREATE INDEX sequences_of_user ON sequences (user_id, id) WHERE deleted_at IS NULL;

CREATE TABLE sequence_steps (
  id                  uuid    PRIMARY KEY,
  sequence_id         uuid    NOT NULL REFERENCES sequences (id) ON DELETE CASCADE,
  user_id             text    NOT NULL,
  -- As the author listed it; breaks ties of day_number. Those removed keep a place among the others: each edit counts all anew.
  position            integer NOT NULL CHECK (position >= 0),
  day_number          integer NOT NULL CHECK (day_number >= 1),
  trigger             text    NOT NULL CHECK (trigger <> ''),
  next_trigger        text    CHECK (next_trigger <> ''),
  -- Null: 0 for the first step of an enrolment, 24 for the others.
  trigger_delay_hours numeric(9, 4) CHECK (trigger_delay_hours >= 0),
  send_at             time,
  is_entry_point      boolean NOT NULL,
  message_type        text    NOT NULL CHECK (message_type IN ('text', 'image')),
  content             text    NOT NULL,
  media_url           text,
  min_delay_seconds   integer,
  max_delay_seconds   integer,
  -- A step that was removed stays as a row: contacts were at it, and whoever is goes on from its place. REST and entries leave it out.
  removed_at          timestamptz,
  -- Checked at the commit: a change of the whole sequence writes its steps one by one.
  EXCLUDE (sequence_id WITH =, trigger WITH =) WHERE (removed_at IS NULL) DEFERRABLE INITIALLY DEFERRED,
  EXCLUDE (sequence_id WITH =, position WITH =) WHERE (removed_at IS NULL) DEFERRABLE INITIALLY DEFERRED,
  CHECK (message_type <> 'image' OR media_url IS NOT NULL),
  CHECK ((min_delay_seconds IS NULL) = (max_delay_seconds IS NULL)),
  CHECK (0 <= min_delay_seconds AND min_delay_seconds <= max_delay_seconds AND max_delay_seconds <= 3600)
);

CREATE INDEX sequence_steps_entries ON sequence_steps (user_id, trigger) WHERE is_entry_point AND removed_at IS NULL;
CREATE INDEX sequence_steps_of_sequence ON sequence_steps (sequence_id, position);
CREATE INDEX sequences_by_trigger ON sequences (user_id, trigger) WHERE trigger IS NOT NULL;
