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
