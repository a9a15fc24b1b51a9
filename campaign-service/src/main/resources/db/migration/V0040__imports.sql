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
  lease       uuid,
  lease_until timestamptz,
  created_at  timestamptz NOT NULL DEFAULT clock_timestamp(),
  ended_at    timestamptz,
  -- Of what is answered: the lease is not.
  updated_at  timestamptz NOT NULL DEFAULT clock_timestamp(),
  CHECK (lines = created + updated + unchanged + duplicate + refused),
  CHECK ((status = 'failed') = (failure IS NOT NULL)),
  CHECK ((status IN ('done', 'failed')) = (ended_at IS NOT NULL))
);

CREATE INDEX imports_by_user ON imports (user_id, id);
CREATE INDEX imports_open ON imports (created_at) WHERE status IN ('waiting', 'running');

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
