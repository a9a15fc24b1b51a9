-- Notes a lead that is written to under its new phone as well, so that no other lead of that phone is; and answers the runs
-- whose message of this lead must not be sent: the new phone is reached through another lead already, or the message was
-- taken back at an earlier change. What was taken back stays so, since nobody here knows what went out before.
-- The caller has counted the change, in a statement before: a run of which nothing is seen here has noted nobody yet, and
-- whoever notes its leads waits for this change, and reads them with it.
-- $1 user, $2 lead, $3 the phone before, $4 the phone from now on.
WITH runs AS MATERIALIZED (
  SELECT c.id, c.run, c.planned_run, c.scheduled_at
    FROM campaigns c
    JOIN fanouts f ON f.campaign_id = c.id AND f.run = c.run
   WHERE c.user_id = $1 AND c.status IN ('triggered', 'paused') AND c.duplicate_phones = 'once'
), noted AS (
  INSERT INTO fanout_recipients AS noted (campaign_id, run, phone, lead_id)
  SELECT r.campaign_id, r.run, $4, r.lead_id
    FROM runs
    JOIN fanout_recipients r ON r.campaign_id = runs.id AND r.run = runs.planned_run AND r.phone = $3 AND r.lead_id = $2
   ORDER BY r.campaign_id
  ON CONFLICT (campaign_id, run, phone) DO UPDATE SET lead_id = noted.lead_id
  RETURNING campaign_id, lead_id
), taken_back AS (
  INSERT INTO fanout_withdrawals (campaign_id, run, lead_id)
  SELECT runs.id, runs.run, $2
    FROM noted
    JOIN runs ON runs.id = noted.campaign_id
   WHERE noted.lead_id <> $2
  ON CONFLICT DO NOTHING
)
SELECT id, run, scheduled_at
  FROM runs
 WHERE id IN (SELECT campaign_id FROM noted WHERE lead_id <> $2)
    OR EXISTS (SELECT FROM fanout_withdrawals w WHERE w.campaign_id = runs.id AND w.run = runs.run AND w.lead_id = $2)
