-- One text to many leads at a set time.
CREATE TABLE campaigns (
  id                uuid        PRIMARY KEY,
  user_id           text        NOT NULL,
  title             text        NOT NULL,
  message           text        NOT NULL,
  image_url         text,
  -- As written, and in the form in which tags are compared.
  niche             text        NOT NULL,
  niche_tag         text        NOT NULL CHECK (niche_tag <> ''),
  target_status     text        NOT NULL CHECK (target_status IN ('prospect', 'customer', 'all')),
  -- Which part of those, as JSON; null: all of them.
  segment           text,
  campaign_date     date        NOT NULL,
  time_schedule     time        NOT NULL,
  time_zone         text        NOT NULL,
  min_delay_seconds integer,
  max_delay_seconds integer,
  anti_spam         text        CHECK (anti_spam IN ('full', 'greeting', 'off')),
  check_numbers     boolean,
  offline_devices   text        NOT NULL CHECK (offline_devices IN ('hold', 'skip')),
  duplicate_phones  text        NOT NULL CHECK (duplicate_phones IN ('once', 'each')),
  late_policy       text        NOT NULL CHECK (late_policy IN ('send', 'fail')),
  -- The hours and days on which its messages are sent, in its zone; null: any. Without send_from, time_schedule is meant.
  send_from         time,
  send_until        time,
  weekdays          text,
  -- ISO 8601, or none.
  expire_after      text        NOT NULL,
  -- A rule of RFC 5545, of the occurrences that are left; null: it goes once.
  repeat            text,
  -- The first campaign of the series; null where it is the first, or goes once.
  repeat_of         uuid        REFERENCES campaigns,
  -- Whether the next occurrence was planned.
  repeated          boolean     NOT NULL DEFAULT false,
  -- The moment that date, time and zone name; a trigger by hand moves it.
  scheduled_at      timestamptz NOT NULL,
  -- Rises when a campaign that was triggered is given another time.
  run               integer     NOT NULL CHECK (run >= 1),
  -- The first run of the present plan; the runs after it have its time and its recipients, and another text.
  planned_run       integer     NOT NULL DEFAULT 1 CHECK (planned_run BETWEEN 1 AND run),
  status            text        NOT NULL
                    CHECK (status IN ('scheduled', 'triggered', 'paused', 'completed', 'failed', 'cancelled')),
  status_reason     text        CHECK (status_reason IS NULL OR status = 'failed'),
  -- When this run was triggered: from here on its time is part of message ids and no longer moves.
  triggered_at      timestamptz,
  -- When the outcome of every message of this run was known.
  completed_at      timestamptz,
  -- Whether it is outside of its hours now, so that what is queued waits; and when that changes next, null: never.
  gate_closed       boolean     NOT NULL DEFAULT false,
  gate_turns_at     timestamptz,
  -- Out of the lists, by an operator; only what is over.
  archived_at       timestamptz,
  -- Deleted ones keep their row: their fan-outs and counts point to it, and their version goes on.
  deleted           boolean     NOT NULL DEFAULT false,
  version           bigint      NOT NULL CHECK (version >= 1),
  created_at        timestamptz NOT NULL,
  updated_at        timestamptz NOT NULL,
  CHECK ((min_delay_seconds IS NULL) = (max_delay_seconds IS NULL)),
  CHECK (min_delay_seconds BETWEEN 0 AND max_delay_seconds AND max_delay_seconds <= 3600),
  CHECK (status NOT IN ('triggered', 'completed') OR triggered_at IS NOT NULL),
  CHECK (status <> 'scheduled' OR triggered_at IS NULL),
  CHECK (status <> 'failed' OR status_reason IS NOT NULL),
  CHECK (status <> 'completed' OR completed_at IS NOT NULL),
  CHECK (archived_at IS NULL OR status IN ('completed', 'failed', 'cancelled')),
  CHECK (NOT deleted OR status IN ('completed', 'failed', 'cancelled'))
);

-- What was done with a campaign, by whom: nobody where the clock did it.
CREATE TABLE campaign_events (
  id          bigint      GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  campaign_id uuid        NOT NULL REFERENCES campaigns ON DELETE CASCADE,
  run         integer     NOT NULL,
  event       text        NOT NULL,
  actor       text,
  at          timestamptz NOT NULL DEFAULT clock_timestamp()
);

CREATE INDEX campaign_events_of ON campaign_events (campaign_id, id);

CREATE INDEX campaigns_by_user ON campaigns (user_id, id) WHERE NOT deleted;
CREATE INDEX campaigns_by_series ON campaigns (repeat_of, id) WHERE repeat_of IS NOT NULL;
CREATE INDEX campaigns_due ON campaigns (scheduled_at, id) WHERE status = 'scheduled';
-- Those that a change of a lead may concern.
CREATE INDEX campaigns_begun ON campaigns (user_id, id) WHERE status IN ('triggered', 'paused');
CREATE INDEX campaigns_turning ON campaigns (gate_turns_at, id) WHERE status = 'triggered' AND gate_turns_at IS NOT NULL;
CREATE INDEX campaigns_under_way ON campaigns (id) WHERE status = 'triggered';
