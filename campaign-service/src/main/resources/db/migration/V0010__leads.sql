-- Whose each device is and whether it may send, as the gateway last announced on the topic of devices.
CREATE TABLE devices (
  id      uuid    PRIMARY KEY,
  user_id text    NOT NULL,
  name    text,
  status  text    NOT NULL,
  -- What its messages go through, which says how long they may be.
  platform text   NOT NULL DEFAULT '',
  -- Its pace and its caps, for the forecast; null where it has none.
  min_delay  integer,
  max_delay  integer,
  -- By how much its pauses are stretched for its health.
  slow_factor integer NOT NULL DEFAULT 1,
  hourly_cap integer,
  daily_cap  integer,
  -- Where it sends nothing, by its own zone: a JSON list.
  time_zone  text,
  quiet_hours text NOT NULL DEFAULT '[]',
  version bigint  NOT NULL,
  deleted boolean NOT NULL
);

-- Contacts, and what a sequence may start from: the triggers that each carries.
CREATE TABLE leads (
  id            uuid        NOT NULL,
  user_id       text        NOT NULL,
  device_id     uuid        NOT NULL,
  phone         text        NOT NULL CHECK (phone ~ '^[1-9][0-9]{6,14}$'),
  name          text        NOT NULL,
  -- As written, and the same as tags: in the form in which they are compared, each once.
  niche         text        NOT NULL CHECK (length(niche) <= 4000),
  niche_tags    text[]      NOT NULL CHECK (cardinality(niche_tags) <= 200),
  target_status text        NOT NULL CHECK (target_status IN ('prospect', 'customer')),
  -- As written; its tags stand in lead_triggers.
  trigger       text        NOT NULL CHECK (length(trigger) <= 4000),
  -- A flat object of texts, for {{attributes.…}} in messages.
  attributes    jsonb       NOT NULL DEFAULT '{}' CHECK (jsonb_typeof(attributes) = 'object'),
  -- Where and when the person agreed to be written to; null where nobody wrote it down.
  consent_source text       CHECK (length(consent_source) BETWEEN 1 AND 200),
  consent_at    timestamptz,
  -- Messages to it that must not be sent, because its phone was corrected to one that is reached through another lead. Part
  -- of what is announced of it; null: none.
  withdrawn     uuid[]      CHECK (cardinality(withdrawn) <= 200),
  -- Rises with every committed change; readers of the topic keep the highest.
  version       bigint      NOT NULL CHECK (version >= 1),
  deleted       boolean     NOT NULL DEFAULT false,
  created_at    timestamptz NOT NULL,
  updated_at    timestamptz NOT NULL,
  -- The order in which lists and fan-outs walk through the leads of a user. There is no index on the id alone: under a plan
  -- that walked it, the page of one user would read past the leads of all others.
  PRIMARY KEY (user_id, id)
);

-- An index of several columns over tags needs the operators of plain types for GIN; a trusted extension of PostgreSQL itself.
CREATE EXTENSION IF NOT EXISTS btree_gin;
-- Parts of names and numbers are found by the trigrams of them; as trusted as the one above.
CREATE EXTENSION IF NOT EXISTS pg_trgm;

-- Every index begins with the user: no list and no audience reads the rows of another one.
CREATE UNIQUE INDEX leads_one_per_device_and_phone ON leads (user_id, device_id, phone) WHERE NOT deleted;
CREATE INDEX leads_by_device ON leads (user_id, device_id, id) WHERE NOT deleted;
CREATE INDEX leads_by_change ON leads (user_id, updated_at) WHERE NOT deleted;
-- Whether the same recipient stands on another device of the user.
CREATE INDEX leads_by_phone ON leads (user_id, phone, id) WHERE NOT deleted;
-- What is kept of a person has these too.
CREATE INDEX leads_deleted_by_phone ON leads (user_id, phone, updated_at) WHERE deleted;
CREATE INDEX leads_by_text ON leads USING gin (user_id, name gin_trgm_ops, phone gin_trgm_ops) WHERE NOT deleted;
CREATE INDEX leads_by_consent ON leads (user_id, consent_source, id) WHERE NOT deleted AND consent_source IS NOT NULL;
CREATE INDEX leads_by_consent_time ON leads (user_id, consent_at) WHERE NOT deleted AND consent_at IS NOT NULL;
-- Segments of campaigns; most leads have no attributes, and cost this index nothing.
CREATE INDEX leads_by_attribute ON leads USING gin (user_id, attributes jsonb_path_ops)
 WHERE NOT deleted AND attributes <> '{}';
CREATE INDEX leads_by_niche ON leads USING gin (user_id, niche_tags) WHERE NOT deleted;

-- When a person was written to last by any campaign or sequence of the user, as message-status tells: for segments. And the time
-- before: a reply that is heard late may answer that one.
CREATE TABLE written_people (
  user_id        text        NOT NULL,
  phone          text        NOT NULL,
  written_at     timestamptz NOT NULL,
  written_before timestamptz CHECK (written_before < written_at),
  PRIMARY KEY (user_id, phone)
);

-- One row for every trigger that a lead ever carried, so that its number never falls back.
CREATE TABLE lead_triggers (
  user_id    text    NOT NULL,
  lead_id    uuid    NOT NULL,
  trigger    text    NOT NULL CHECK (length(trigger) BETWEEN 1 AND 64),
  -- Rises each time the trigger goes from absent to present.
  assignment bigint  NOT NULL CHECK (assignment >= 1),
  present    boolean NOT NULL,
  PRIMARY KEY (user_id, lead_id, trigger),
  FOREIGN KEY (user_id, lead_id) REFERENCES leads
);

-- Who moved which leads from one device to another: one, named, or as many as matched.
CREATE TABLE lead_moves (
  id          bigint      GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  user_id     text        NOT NULL,
  from_device uuid        NOT NULL,
  to_device   uuid        NOT NULL,
  lead_id     uuid,
  niche       text,
  moved       bigint      NOT NULL,
  moved_at    timestamptz NOT NULL DEFAULT clock_timestamp()
);

CREATE INDEX lead_moves_of ON lead_moves (user_id, id);

CREATE INDEX lead_triggers_present ON lead_triggers (user_id, trigger, lead_id) WHERE present;

-- Commands of sequences that were taken in: the same id is applied once, and a refused one says why.
CREATE TABLE lead_commands (
  id       uuid        PRIMARY KEY,
  lead_id  uuid        NOT NULL,
  outcome  text        NOT NULL CHECK (outcome IN ('applied', 'nothing_to_do', 'no_such_lead')),
  taken_at timestamptz NOT NULL DEFAULT clock_timestamp()
);

CREATE INDEX lead_commands_by_age ON lead_commands (taken_at);

-- Files of leads that are taken in. The file stands in parts beside its job, so that any replica goes on with it after a
-- crash; the parts go when the job ends.
CREATE TABLE imports (
  id          uuid        PRIMARY KEY,
  user_id     text        NOT NULL,
  -- For files without a column of devices; null: every row names its own.
  device_id   uuid,
  -- Whether a blank cell clears what is stored, or leaves it.
  erase_blank boolean     NOT NULL,
  -- Headers that the caller says the meaning of, as "header:field".
  mapping     text[]      NOT NULL,
  encoding    text,
  bytes       bigint      NOT NULL DEFAULT 0,
  status      text        NOT NULL CHECK (status IN ('uploading', 'waiting', 'running', 'done', 'failed')),
  failure     text,
  -- How many lines are worked off; a crash goes on after them.
  lines       bigint      NOT NULL DEFAULT 0,
  created     bigint      NOT NULL DEFAULT 0,
  updated     bigint      NOT NULL DEFAULT 0,
  unchanged   bigint      NOT NULL DEFAULT 0,
  duplicate   bigint      NOT NULL DEFAULT 0,
  refused     bigint      NOT NULL DEFAULT 0,
  -- What was wrong with lines and is not in import_rejections, because so many were there already.
  rejections_not_kept bigint NOT NULL DEFAULT 0,
  lease       uuid,
  lease_until timestamptz,
  -- How many leases in a row ended without a word since a line was worked off last.
  lost_leases integer     NOT NULL DEFAULT 0,
  -- When it was leased last; null: never.
  turn_at     timestamptz,
  created_at  timestamptz NOT NULL DEFAULT clock_timestamp(),
  ended_at    timestamptz,
  -- Of what is answered: the lease is not.
  updated_at  timestamptz NOT NULL DEFAULT clock_timestamp(),
  CHECK (lines = created + updated + unchanged + duplicate + refused),
  CHECK ((status = 'failed') = (failure IS NOT NULL)),
  CHECK ((status IN ('done', 'failed')) = (ended_at IS NOT NULL))
);

CREATE INDEX imports_by_user ON imports (user_id, id);
-- When a user had the last turn.
CREATE INDEX imports_turns ON imports (user_id, turn_at);
CREATE INDEX imports_open ON imports (user_id, created_at) WHERE status IN ('waiting', 'running');

CREATE TABLE import_parts (
  import_id uuid    NOT NULL REFERENCES imports ON DELETE CASCADE,
  n         integer NOT NULL,
  data      bytea   NOT NULL,
  PRIMARY KEY (import_id, n)
);
-- It is compressed by nobody twice: the parts live for minutes.
ALTER TABLE import_parts ALTER COLUMN data SET STORAGE EXTERNAL;

CREATE TABLE import_rejections (
  id        bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  import_id uuid   NOT NULL REFERENCES imports ON DELETE CASCADE,
  line      bigint NOT NULL,
  -- The header of the cell; empty: the whole line.
  header    text   NOT NULL,
  reason    text   NOT NULL
);

CREATE INDEX import_rejections_of ON import_rejections (import_id, id);

-- Leads whose snapshot is still to be published. A way of its own beside the outbox: a million of them delay no cancel, no
-- plan and no suppression of anybody. A row goes when the version that stands in leads was published.
CREATE TABLE lead_news (
  user_id     text        NOT NULL,
  lead_id     uuid        NOT NULL,
  -- The newest that is to be published; whoever has published an older one leaves the row.
  version     bigint      NOT NULL,
  claimed_to  timestamptz NOT NULL DEFAULT '-infinity',
  PRIMARY KEY (user_id, lead_id)
);
