-- Notes through which lead each recipient of a page is written to, before anything is published, and answers which lead
-- that is for each of their phones (a lead whose phone changed is noted under several): one of an earlier page, of another device, or of a holder whose lease ended in between keeps the recipient.
-- $1 campaign, $2 run, $3 leads and $4 their phones, in the order of the ids: the first lead of a phone is the one. $5 the
-- run under which recipients are noted, $6 how often phones had changed before the page was read.
-- Who changes a phone holds the count of the user's changes until the commit, so either this waits and finds that the page is stale,
-- which answers no row, or that one finds what is noted here.
-- The update changes nothing; it makes PostgreSQL answer the row that is there, also one that was committed a moment ago.
-- Of a run that is not the current one any more, or that was stopped, nobody is noted either: who edits or stops the campaign
-- waits for this, or this for them.
WITH held AS (
  SELECT p.changes
    FROM campaigns c
    JOIN phone_changes p ON p.user_id = c.user_id
   WHERE c.id = $1 AND c.run = $2 AND c.status = 'triggered'
     FOR SHARE
)
INSERT INTO fanout_recipients AS noted (campaign_id, run, phone, lead_id)
SELECT DISTINCT ON (page.phone) $1::uuid, $5::integer, page.phone, page.lead_id
  FROM held, unnest($3::uuid[], $4::text[]) WITH ORDINALITY AS page (lead_id, phone, place)
 WHERE held.changes = $6
 ORDER BY page.phone, page.place
ON CONFLICT (campaign_id, run, phone) DO UPDATE SET lead_id = noted.lead_id
RETURNING phone, lead_id
