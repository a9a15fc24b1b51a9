-- Notes a lead that is written to under its new phone as well, so that no other lead of that phone is; and answers the runs
-- in which the new phone is reached through another lead already, whose message of this lead must not be sent.
-- $1 campaigns, which the transaction holds, $2 lead, $3 the phone before, $4 the phone from now on.
WITH noted AS (
  INSERT INTO fanout_recipients AS noted (campaign_id, run, phone, lead_id)
  SELECT r.campaign_id, r.run, $4, r.lead_id
    FROM campaigns c
    JOIN fanout_recipients r ON r.campaign_id = c.id AND r.run = c.planned_run AND r.phone = $3 AND r.lead_id = $2
   WHERE c.id = ANY ($1::uuid[])
  ON CONFLICT (campaign_id, run, phone) DO UPDATE SET lead_id = noted.lead_id
  RETURNING campaign_id, lead_id
)
SELECT c.id, c.run, c.scheduled_at
  FROM noted
  JOIN campaigns c ON c.id = noted.campaign_id
 WHERE noted.lead_id <> $2
