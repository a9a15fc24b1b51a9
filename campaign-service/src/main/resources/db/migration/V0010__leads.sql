-- Contacts, and what a sequence may start from: the triggers that each carries.
CREATE TABLE leads (
  id            uuid        PRIMARY KEY,
  user_id       text        NOT NULL,
  device_id     uuid        NOT NULL,
  phone         text        NOT NULL CHECK (phone ~ '^[1-9][0-9]{6,14}$'),
  name          text        NOT NULL,
  -- As written, and the same as tags: trimmed, case folded, each once.
  niche         text        NOT NULL,
  niche_tags    text[]      NOT NULL,
  target_status text        NOT NULL CHECK (target_status IN ('prospect', 'customer')),
  -- As written; its tokens stand in lead_triggers.
  trigger       text        NOT NULL,
  -- Rises with every committed change; readers of the topic keep the highest.
  version       bigint      NOT NULL CHECK (version >= 1),
  deleted       boolean     NOT NULL DEFAULT false,
  created_at    timestamptz NOT NULL
);

CREATE UNIQUE INDEX leads_one_per_device_and_phone ON leads (user_id, device_id, phone) WHERE NOT deleted;
-- The order in which lists and fan-outs walk through the leads of a user.
CREATE INDEX leads_by_user ON leads (user_id, id) WHERE NOT deleted;
-- Whether the same person stands on another device of the user.
CREATE INDEX leads_by_person ON leads (user_id, phone, id) WHERE NOT deleted;
CREATE INDEX leads_by_niche ON leads USING gin (niche_tags) WHERE NOT deleted;

-- One row for every token that a lead ever carried, so that its number never falls back.
CREATE TABLE lead_triggers (
  lead_id    uuid    NOT NULL REFERENCES leads,
  trigger    text    NOT NULL CHECK (trigger <> ''),
  -- Rises each time the token goes from absent to present.
  assignment bigint  NOT NULL CHECK (assignment >= 1),
  present    boolean NOT NULL,
  PRIMARY KEY (lead_id, trigger)
);

CREATE INDEX lead_triggers_present ON lead_triggers (trigger, lead_id) WHERE present;

-- Commands of sequences that were taken in: the same id is applied once, and a refused one says why.
CREATE TABLE lead_commands (
  id       uuid        PRIMARY KEY,
  lead_id  uuid        NOT NULL,
  outcome  text        NOT NULL CHECK (outcome IN ('applied', 'nothing_to_do', 'no_such_lead')),
  taken_at timestamptz NOT NULL DEFAULT clock_timestamp()
);

CREATE INDEX lead_commands_by_age ON lead_commands (taken_at);
