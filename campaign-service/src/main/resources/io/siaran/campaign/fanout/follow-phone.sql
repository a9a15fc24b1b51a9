-- Notes a lead that is written to under its new phone as well, so that no other lead of that phone is; and answers the runs
-- whose message of this lead must not be sent: the new phone is reached through another lead already, or the message was
-- taken back at an earlier change. What was taken back stays so, since nobody here knows what went out before.
-- $1 campaigns, which the transaction holds, $2 lead, $3 the phone before, $4 the phone from now on.
WITH noted AS (
  INSERT INTO fanout_recipients AS noted (campaign_id, run, phone, lead_id)
  SELECT r.campaign_id, r.run, $4, r.lead_id
    FROM campaigns c
    JOIN fanout_recipients r ON r.campaign_id = c.id AND r.run = c.planned_run AND r.phone = $3 AND r.lead_id = $2
   WHERE c.id = ANY ($1::uuid[])
  ON CONFLICT (campaign_id, run, phone) DO UPDATE SET lead_id = noted.lead_id
  RETURNING campaign_id, lead_id
), taken_back AS (
  INSERT INTO fanout_withdrawals (campaign_id, run, lead_id)
  SELECT c.id, c.run, $2
    FROM noted
    JOIN campaigns c ON c.id = noted.campaign_id
   WHERE noted.lead_id <> $2
  ON CONFLICT DO NOTHING
)
SELECT c.id, c.run, c.scheduled_at
  FROM campaigns c
 WHERE c.id = ANY ($1::uuid[])
   AND (c.id IN (SELECT campaign_id FROM noted WHERE lead_id <> $2)
        OR EXISTS (SELECT FROM fanout_withdrawals w WHERE w.campaign_id = c.id AND w.run = c.run AND w.lead_id = $2))
