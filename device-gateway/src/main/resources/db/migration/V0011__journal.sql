-- When a device may send again, and what it sent, for its caps. One row a device, rewritten twice a message: half of each
-- page is left free, so that the new version stays on it and no index is touched.
CREATE TABLE device_pacing (
  device_id    uuid PRIMARY KEY,
  -- The end of the last call, or its deadline while it runs. A turn needs now >= busy_until + its delay.
  busy_until   timestamptz NOT NULL,
  -- The local day that sent_on_day counts. It never goes back: a clock or a zone that does opens no second day.
  counted_day  date,
  sent_on_day  integer NOT NULL DEFAULT 0,
  -- What it sent on that day in the reply lane, which sent_on_day and recent_sends do not count.
  replies_on_day integer NOT NULL DEFAULT 0,
  -- People whom its number wrote to for the first time on that day.
  first_contacts_on_day integer NOT NULL DEFAULT 0,
  -- Of its calls on that day: what its platform failed or never answered, and contacts that it refused.
  failed_on_day  integer NOT NULL DEFAULT 0,
  refused_on_day integer NOT NULL DEFAULT 0,
  -- How many messages its platform ever took.
  accepted       bigint NOT NULL DEFAULT 0,
  -- When its last messages began, oldest first, no more than the hourly cap; empty where there is none.
  recent_sends timestamptz[] NOT NULL DEFAULT '{}',
  -- Its circuit breaker (see Breaker): calls in a row that the platform failed or did not answer, and how often in a row that
  -- silenced it. Calls in a row in which the platform refused the device, and the contact.
  troubles         integer NOT NULL DEFAULT 0,
  openings         integer NOT NULL DEFAULT 0,
  refusals         integer NOT NULL DEFAULT 0,
  contact_refusals integer NOT NULL DEFAULT 0,
  -- It says nothing before; why (a DeferReason), and since when that is known. A hold that is over stays here until a call
  -- that is served ends it.
  held_until       timestamptz,
  held_since       timestamptz,
  hold_reason      text CHECK (hold_reason IN ('platform_trouble', 'rate_limited')),
  -- A message came back because of the hold: with it the device, and its host, can be probed.
  holds_back       boolean NOT NULL DEFAULT false,
  -- The host that is in trouble for it.
  host             text,
  -- Until then its next call may probe its host, whose breaker is open. Used up by that call.
  probes_until     timestamptz,
  CHECK ((held_until IS NULL) = (hold_reason IS NULL) AND (held_until IS NULL) = (held_since IS NULL)),
  CHECK (hold_reason <> 'platform_trouble' OR host IS NOT NULL)
) WITH (fillfactor = 50);

-- Few and short-lived: what the jobs of the hosts' breakers look at. Neither column changes in a device's usual turns.
CREATE INDEX device_pacing_troubled ON device_pacing (host) WHERE hold_reason = 'platform_trouble';

-- Devices of which the platform refused one contact after the other: they carry a warning.
CREATE INDEX device_pacing_refusing ON device_pacing (device_id) WHERE contact_refusals >= 5;

-- The circuit breaker of each host that ever failed: open, while nothing but probes goes to its devices.
CREATE TABLE platform_hosts (
  host          text PRIMARY KEY,
  -- When it last served any of its devices, as exactly as five seconds.
  served_at     timestamptz NOT NULL DEFAULT 'epoch',
  -- Null while it is closed.
  open_since    timestamptz,
  next_probe_at timestamptz,
  closed_at     timestamptz,
  -- Of a host that serves again, while its devices are let go: how many a second; 0 where that is not reckoned yet.
  releasing     integer,
  CHECK ((open_since IS NULL) = (next_probe_at IS NULL)),
  CHECK (releasing IS NULL OR (closed_at IS NOT NULL AND open_since IS NULL))
) WITH (fillfactor = 50);

-- One row a rate that is shared (user:…, fleet), touched only where there is such a rate.
CREATE TABLE sending_rates (
  scope               text PRIMARY KEY,
  -- The state of the leaky bucket (GCRA, see Rate): the time up to which its devices have used the rate.
  theoretical_arrival timestamptz NOT NULL DEFAULT 'epoch',
  -- When the next one that is refused may try again, so that those who were refused come back one by one.
  next_retry_at       timestamptz NOT NULL DEFAULT 'epoch'
) WITH (fillfactor = 10);

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
  -- An operator or the policy waived this try's open outcome and let another one begin.
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
  -- To whom, as E.164 digits; null where no call began.
  phone               text,
  -- Of an unknown outcome: how often the platform was asked for it, and not again before.
  lookups             integer NOT NULL DEFAULT 0,
  lookup_at           timestamptz,
  -- Which lane it took: reply, to somebody who had written to the device lately, or cold; null where no call began.
  lane                text CHECK (lane IN ('reply', 'cold')),
  -- Whether its number had never written to that person before, who had not written lately either.
  first_contact       boolean NOT NULL DEFAULT false,
  -- What the pause before the call had to be: the journal alone tells whether the pace was kept.
  delay_ms            integer,
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

-- The tries to a person who is to be erased. Its condition keeps it out of the reach of all that do not say so.
CREATE INDEX send_journal_of_person ON send_journal (phone) WHERE phone > '';

-- Unknown outcomes in the order in which they are looked up.
CREATE INDEX send_journal_unknown ON send_journal ((coalesce(lookup_at, ended_at)))
  WHERE state = 'unknown' AND NOT superseded AND phone IS NOT NULL;

-- Which devices have some that are looked up, and since when: from one to the next, past all that each has.
CREATE INDEX send_journal_unknown_of_device ON send_journal (device_id, (coalesce(lookup_at, ended_at)))
  WHERE state = 'unknown' AND NOT superseded AND phone IS NOT NULL AND coalesce(lookup_at, ended_at) < 'infinity';

-- Ended tries in the order of their end: what the audit has not seen, and what is old enough to be deleted.
CREATE INDEX send_journal_ended ON send_journal (ended_at) WHERE ended_at IS NOT NULL;

-- How far the audit of the pace has come. One row.
CREATE TABLE pacing_audit (
  one     boolean PRIMARY KEY DEFAULT true CHECK (one),
  seen_to timestamptz NOT NULL
);
INSERT INTO pacing_audit (seen_to) VALUES (clock_timestamp());

-- The end of each device's last call that the audit has seen.
CREATE TABLE audited_calls (
  device_id     uuid PRIMARY KEY,
  last_ended_at timestamptz NOT NULL
) WITH (fillfactor = 50);

-- Undoes the statement that calls it: a try that is waived for another one is waived only together with its beginning.
CREATE FUNCTION waived_for_nothing() RETURNS boolean LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'a try was waived, but the next one could not begin' USING ERRCODE = 'serialization_failure';
END
$$;
