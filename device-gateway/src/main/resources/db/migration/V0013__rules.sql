-- What people ask of a device beyond its pace; everything is off unless asked for. Lists are JSON, read by this service only.
ALTER TABLE devices
  ADD COLUMN hourly_cap     integer CHECK (hourly_cap BETWEEN 1 AND 1000),
  ADD COLUMN daily_cap      integer CHECK (daily_cap BETWEEN 1 AND 100000),
  ADD COLUMN warm_up        boolean NOT NULL DEFAULT false,
  ADD COLUMN quiet_hours    text NOT NULL DEFAULT '[]',
  ADD COLUMN unknown_policy text NOT NULL DEFAULT 'hold' CHECK (unknown_policy IN ('hold', 'assume_sent', 'retry')),
  ADD COLUMN greetings      text NOT NULL DEFAULT '[]',
  ADD COLUMN typing         boolean NOT NULL DEFAULT false;

-- What a user asks of all its devices. No row is no rule.
CREATE TABLE sending_rules (
  user_id         text PRIMARY KEY,
  quiet_hours     text NOT NULL,
  holidays        text,
  rest_days       boolean NOT NULL,
  friday_prayer   boolean NOT NULL,
  rate_per_minute integer CHECK (rate_per_minute BETWEEN 1 AND 100000),
  version         bigint NOT NULL
);

-- What a device said, for its caps. Kept only while it has the cap: day is null and hour is empty else.
ALTER TABLE device_pacing
  -- The local day that said counts; it never goes back, so a clock or a zone that does opens no second day.
  ADD COLUMN day  date,
  ADD COLUMN said integer NOT NULL DEFAULT 0,
  -- When its last messages began, oldest first, no more than the hourly cap.
  ADD COLUMN hour timestamptz[] NOT NULL DEFAULT '{}';

-- One row a rate that is shared (user:…, fleet), touched only where there is such a rate.
CREATE TABLE sending_rates (
  scope     text PRIMARY KEY,
  -- Up to when its devices have spoken (see Rate).
  spoken_to timestamptz NOT NULL DEFAULT 'epoch',
  -- The next place in the line of those who were refused, so that they come back one by one.
  line_to   timestamptz NOT NULL DEFAULT 'epoch'
) WITH (fillfactor = 10);

-- What the pause before a call had to be: the journal alone tells whether the pace was kept.
ALTER TABLE send_journal ADD COLUMN delay_ms integer;

-- Ended tries in the order of their end: what the audit has not seen, and what is old enough to be deleted.
CREATE INDEX send_journal_ended ON send_journal (ended_at) WHERE ended_at IS NOT NULL;

-- How far the audit of the pace has come. One row.
CREATE TABLE pacing_audit (
  one     boolean PRIMARY KEY DEFAULT true CHECK (one),
  seen_to timestamptz NOT NULL
);
INSERT INTO pacing_audit (seen_to) VALUES (clock_timestamp());

-- The end of each device's last call that the audit has seen.
CREATE TABLE device_silence (
  device_id uuid PRIMARY KEY,
  since     timestamptz NOT NULL
) WITH (fillfactor = 50);
