-- Of leads whose phone may have been reached before, those that are not written to: the run reaches the phone through another
-- lead, one that was noted before, or one before it among these; or the message was taken back already, and then the lead reaches
-- no phone. A statement of its own after hold.sql, so that it sees what others have noted.
-- $1 campaign, $2 the run under which leads are noted, $3 user, $4 leads, $5 their phones, $6 the run.
WITH lead AS (
  SELECT asked.lead_id, asked.phone,
         EXISTS (SELECT FROM fanout_withdrawals w WHERE w.campaign_id = $1 AND w.run = $6 AND w.lead_id = asked.lead_id) AS taken_back
    FROM unnest($4::uuid[], $5::text[]) AS asked (lead_id, phone)
), judged AS (
  SELECT lead.lead_id, lead.taken_back,
         coalesce(
           known.lead_id,
           first_value(lead.lead_id) OVER (PARTITION BY lead.phone ORDER BY lead.taken_back, lead.lead_id)) AS through
    FROM lead
   CROSS JOIN LATERAL run_reaches($1, $2, $3, lead.phone) AS known
)
SELECT lead_id FROM judged WHERE taken_back OR lead_id <> through
