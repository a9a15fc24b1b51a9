-- When a device may speak again. One row a device, rewritten twice a message: half of each page is left free, so that the
-- new version stays on it and no index is touched.
CREATE TABLE device_pacing (
  device_id  uuid PRIMARY KEY,
  -- The end of the last call, or its deadline while it runs. A turn needs now >= busy_until + its delay.
  busy_until timestamptz NOT NULL
) WITH (fillfactor = 50);

-- Every try of every message that came to this gateway, and how it ended. A row is committed before the platform is
-- called: a message with no row here was never sent.
CREATE TABLE send_journal (
  message_id          uuid NOT NULL,
  try_no              integer NOT NULL CHECK (try_no >= 1),
  device_id           uuid NOT NULL,
  user_id             text NOT NULL,
  -- started: the call may be under way; everything else is how the try ended (see DeliveryEvent).
  state               text NOT NULL CHECK (state IN
                        ('started', 'accepted', 'returned', 'deferred', 'rejected', 'failed', 'unknown')),
  -- A person or the policy waived this try's open outcome and let another one begin.
  superseded          boolean NOT NULL DEFAULT false,
  -- Who began it: only that turn settles it, and can find out whether its beginning was committed.
  turn                uuid,
  started_at          timestamptz,
  -- By then the call has ended or been cut; before that, nobody but the caller may settle it.
  call_deadline       timestamptz,
  ended_at            timestamptz,
  reason              text,
  detail              text,
  -- Of a returned or deferred try: not again before.
  again_at            timestamptz,
  provider_message_id text,
  sent_text           text,
  PRIMARY KEY (message_id, try_no),
  CHECK ((state = 'started') = (ended_at IS NULL)),
  CHECK (state <> 'started' OR (turn IS NOT NULL AND started_at IS NOT NULL AND call_deadline IS NOT NULL AND sent_text IS NOT NULL)),
  CHECK (state NOT IN ('returned', 'deferred') OR reason IS NOT NULL),
  CHECK (state <> 'deferred' OR again_at IS NOT NULL)
) WITH (fillfactor = 80);

-- The database itself refuses a second send of a message while the first may have gone out.
CREATE UNIQUE INDEX send_journal_once ON send_journal (message_id)
  WHERE state IN ('started', 'accepted', 'unknown') AND NOT superseded;
CREATE INDEX send_journal_open ON send_journal (call_deadline) WHERE state = 'started';

-- The delivery event that a settled try tells; the one place where rows become records.
CREATE FUNCTION delivery_event(entry send_journal) RETURNS text LANGUAGE sql STABLE AS $$
  SELECT json_strip_nulls(json_build_object(
    'record', entry.state,
    'message_id', entry.message_id,
    'try_no', entry.try_no,
    'user_id', entry.user_id,
    'device_id', entry.device_id,
    'at', entry.ended_at,
    'reason', entry.reason,
    'detail', entry.detail,
    CASE entry.state WHEN 'deferred' THEN 'until' ELSE 'not_before' END, entry.again_at,
    'provider_message_id', entry.provider_message_id,
    'sent_text', CASE entry.state WHEN 'accepted' THEN entry.sent_text END))::text
$$;
