-- What becomes of a message once the platform has it: receipts, unknown outcomes, what people decide, and its history.

ALTER TABLE device_queue
  ADD COLUMN unknown_policy text NOT NULL DEFAULT 'hold' CHECK (unknown_policy IN ('hold', 'assume_sent', 'retry'));

ALTER TABLE broadcast_messages
  -- Tries that the platform took: by its answer, by a receipt, or because a person or the policy says so.
  ADD COLUMN taken_tries    int[],
  -- Tries that it took and could not deliver after all. Once known, no late acceptance of theirs counts any more.
  ADD COLUMN refused_tries  int[],
  -- The last try whose open outcome a person or the policy waived; every later Send carries it.
  ADD COLUMN superseded_try int,
  -- When the try began that try_no counts; null once the row is pending again (then message_facts has it).
  ADD COLUMN released_at    timestamptz,
  -- Since when it has its status; null: since it was stored.
  ADD COLUMN status_since   timestamptz,
  DROP CONSTRAINT only_a_released_message_has_a_lease,
  -- An unknown message keeps its ending: should its try come back after all, it must not be sent again.
  ADD CONSTRAINT only_a_released_message_has_a_lease CHECK (
    CASE WHEN status = 'processing'
      THEN try_no >= 1 AND not_after IS NOT NULL AND lease_until IS NOT NULL AND recall_at IS NOT NULL AND max_pause IS NOT NULL
      ELSE lease_until IS NULL AND recall_at IS NULL AND max_pause IS NULL AND (ending IS NULL OR status = 'unknown')
    END),
  ADD CONSTRAINT a_delivered_message_is_sent CHECK (delivered_at IS NULL OR status = 'sent'),
  ADD CONSTRAINT a_read_message_was_delivered CHECK (read_at IS NULL OR delivered_at IS NOT NULL);

-- What the row of a message no longer tells, and what people decided about it. A message that is sent at its first try,
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

-- Replaces the one of V0011: a change of status has its time, and a release its own.
CREATE OR REPLACE FUNCTION raise_version() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  NEW.version := OLD.version + 1;
  IF NEW.status <> OLD.status THEN
    NEW.status_since := clock_timestamp();
    NEW.released_at := CASE NEW.status WHEN 'processing' THEN NEW.status_since WHEN 'pending' THEN NULL ELSE NEW.released_at END;
  END IF;
  RETURN NEW;
END $$;

-- Keeps what an update is about to make the row forget. The guard comes first: of the updates of an ordinary send, from
-- pending to processing to sent, there is nothing to keep, and they pay for two short scans only.
CREATE FUNCTION keep_facts() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF EXISTS (SELECT FROM new_rows WHERE status = 'pending')
     OR EXISTS (SELECT FROM old_rows WHERE status IN ('unknown', 'failed', 'cancelled')) THEN
    INSERT INTO message_facts (message_id, at, fact, try_no, reason, detail)
    SELECT o.id, f.at, f.fact, o.try_no, f.reason, f.detail
    FROM new_rows AS n JOIN old_rows AS o USING (id)
    CROSS JOIN LATERAL (VALUES
      (1, 'released', o.released_at, NULL, NULL, n.status = 'pending' AND o.released_at IS NOT NULL),
      (2, 'sent', o.sent_at, NULL, NULL, n.status = 'pending' AND o.sent_at IS NOT NULL),
      (3, CASE WHEN n.attempts > o.attempts THEN 'attempt_failed' ELSE 'returned' END,
        n.status_since, NULL, n.error_message, o.status = 'processing' AND n.status = 'pending'),
      (4, o.status, coalesce(o.status_since, o.created_at), o.failure_reason, o.error_message,
        o.status IN ('unknown', 'failed', 'cancelled'))
    ) AS f (place, fact, at, reason, detail, holds)
    WHERE o.status <> n.status AND f.holds
    ORDER BY o.id, f.place;
  END IF;
  RETURN NULL;
END $$;

CREATE TRIGGER keep_facts AFTER UPDATE ON broadcast_messages
  REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows
  FOR EACH STATEMENT EXECUTE FUNCTION keep_facts();

-- What people asked for all messages that match a filter: done in batches behind a cursor, so that a crash costs nothing.
CREATE TABLE bulk_actions (
  id           uuid PRIMARY KEY,
  user_id      text NOT NULL,
  action       text NOT NULL CHECK (action IN ('cancel', 'retry', 'resolve')),
  outcome      text CHECK (outcome IN ('sent', 'failed')),
  campaign_id  uuid,
  sequence_id  uuid,
  device_id    uuid,
  status       text,
  phone        text,
  planned_from timestamptz,
  planned_to   timestamptz,
  -- Only messages that were stored by then.
  asked_at     timestamptz NOT NULL DEFAULT clock_timestamp(),
  matched      bigint NOT NULL,
  changed      bigint NOT NULL DEFAULT 0,
  done_to      uuid NOT NULL DEFAULT '00000000-0000-0000-0000-000000000000',
  done_at      timestamptz,
  CONSTRAINT only_a_resolution_has_an_outcome CHECK ((action = 'resolve') = (outcome IS NOT NULL))
);

CREATE INDEX bulk_actions_open ON bulk_actions (asked_at) WHERE done_at IS NULL;
