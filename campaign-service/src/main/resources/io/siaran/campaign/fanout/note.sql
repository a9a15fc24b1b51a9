-- Notes through which lead each recipient of a page is written to, before anything is published, and answers which lead
-- that is: one of an earlier page, of another device, or of a holder whose lease ended in between keeps the recipient.
-- $1 campaign, $2 run, $3 leads and $4 their phones, in the order of the ids: the first lead of a phone is the one.
-- The update changes nothing; it makes PostgreSQL answer the row that is there, also one that was committed a moment ago.
INSERT INTO fanout_recipients AS noted (campaign_id, run, phone, lead_id)
SELECT DISTINCT ON (phone) $1::uuid, $2::integer, phone, lead_id
  FROM unnest($3::uuid[], $4::text[]) WITH ORDINALITY AS page (lead_id, phone, place)
 ORDER BY phone, place
ON CONFLICT (campaign_id, run, phone) DO UPDATE SET lead_id = noted.lead_id
RETURNING lead_id
