-- The bridge's own database. Idempotent: every process runs it at its start, under an advisory lock.

-- Bridge processes. Gone: its beat is older than 15 s (see placement).
CREATE TABLE IF NOT EXISTS wa_process (
    owner      text PRIMARY KEY,
    address    text NOT NULL,
    capacity   integer NOT NULL,
    beat_at    timestamptz NOT NULL DEFAULT clock_timestamp()
);

-- One linked phone each. The epoch rises with every change of owner and fences all writes of the owner before; a row is never
-- deleted, so an epoch is never used twice.
CREATE TABLE IF NOT EXISTS wa_session (
    session    text PRIMARY KEY CHECK (length(session) BETWEEN 1 AND 64),
    epoch      bigint NOT NULL,
    owner      text,
    state      text NOT NULL CHECK (state IN ('connecting', 'qr', 'open', 'logged_out', 'replaced', 'banned', 'failed',
                                              'passkey_required', 'stopped')),
    detail     text,
    -- the phone that it is linked to, and the only one that it may be linked to, where somebody said so
    phone      text,
    expected   text,
    -- where its events are told, and what signs them, sealed; null: to the address that all others have
    callback   bytea,
    -- blocked by WhatsApp until then: it may be adopted after
    again_at   timestamptz,
    changed_at timestamptz NOT NULL DEFAULT clock_timestamp()
);
CREATE INDEX IF NOT EXISTS wa_session_owner ON wa_session (owner) WHERE owner IS NOT NULL;
-- One phone is one session, or its messages would leave at twice the pace.
CREATE UNIQUE INDEX IF NOT EXISTS wa_session_phone ON wa_session (phone) WHERE phone IS NOT NULL;
-- What a process that starts or looks around may adopt: linked sessions that should be open.
CREATE INDEX IF NOT EXISTS wa_session_wanted ON wa_session (session) WHERE state IN ('connecting', 'open');

-- Keys and credentials, sealed (AES-256-GCM).
CREATE TABLE IF NOT EXISTS wa_auth (
    session text NOT NULL,
    type    text NOT NULL,
    id      text NOT NULL,
    value   bytea NOT NULL,
    PRIMARY KEY (session, type, id)
);

-- Every message once, by the caller's id. A row that is there is never sent again.
CREATE TABLE IF NOT EXISTS wa_out (
    session    text NOT NULL,
    message_id text NOT NULL CHECK (length(message_id) BETWEEN 1 AND 64),
    wa_id      text NOT NULL,
    recipient  text NOT NULL,
    state      text NOT NULL CHECK (state IN ('started', 'accepted', 'rejected', 'unknown')),
    detail     text,
    -- what was sent, sealed, for a contact whose phone asks for it again; of an image only when it has left; dropped after some days
    body       bytea,
    -- the keys of this contact may be older than what it was sent: fetch new ones before the next send
    renew      boolean NOT NULL DEFAULT false,
    created_at timestamptz NOT NULL DEFAULT clock_timestamp(),
    PRIMARY KEY (session, message_id)
);
CREATE UNIQUE INDEX IF NOT EXISTS wa_out_wa_id ON wa_out (session, wa_id);
CREATE INDEX IF NOT EXISTS wa_out_renew ON wa_out (session, recipient) WHERE renew;
CREATE INDEX IF NOT EXISTS wa_out_started ON wa_out (session) WHERE state = 'started';
CREATE INDEX IF NOT EXISTS wa_out_age ON wa_out (created_at);

-- What must be told to the gateway. A row stays some days after it was told, without its content, so that WhatsApp's
-- repetitions are known for what they are.
CREATE TABLE IF NOT EXISTS wa_event (
    id         bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    session    text NOT NULL,
    dedupe     text NOT NULL,
    body       bytea,
    created_at timestamptz NOT NULL DEFAULT clock_timestamp(),
    -- the gateway refuses it whatever comes with it: it is kept, and told no more, or it would hold back all that follows
    parked     boolean NOT NULL DEFAULT false,
    UNIQUE (session, dedupe)
);
-- By session: what waits of one that cannot be told is nothing that a look for the others walks past.
CREATE INDEX IF NOT EXISTS wa_event_waiting ON wa_event (session, id) WHERE body IS NOT NULL AND NOT parked;
DROP INDEX IF EXISTS wa_event_untold;
CREATE INDEX IF NOT EXISTS wa_event_parked ON wa_event (id) WHERE parked;
CREATE INDEX IF NOT EXISTS wa_event_age ON wa_event (created_at);
-- A look walks past what was told until it is cleared away: that is a matter of how much, not of how large the table is.
ALTER TABLE wa_event SET (autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 5000, autovacuum_vacuum_cost_delay = 0);
