-- The leads that a campaign reaches, after a cursor, in the order of their ids.
-- $1 user, $2 niche tag, $3 target status, $4 once a phone, $5 skip devices that are not online, $6 cursor, $7 page size,
-- $8 campaign, $9 run.
-- A recipient on several devices is the lead with the lowest id among those that would be sent to. Ahead of the cursor the
-- leads tell which one that is; behind it only what was noted does, since they may have changed after their page.
-- The device is looked up for each lead instead of joined: its user's leads are nearly all on its user's devices, which
-- PostgreSQL cannot know. It expected few of them, and read all to sort them: 757 ms a page where this takes 22 ms
-- (200,000 leads of the user among 400,000, page of 1,000).
SELECT l.id, l.device_id, l.phone, l.name, l.attributes::text AS attributes,
       $5 AND (SELECT d.status FROM devices d WHERE d.id = l.device_id) <> 'online' AS skipped
  FROM leads l
 WHERE l.user_id = $1
   AND (SELECT d.user_id = $1 AND NOT d.deleted FROM devices d WHERE d.id = l.device_id)
   AND NOT l.deleted
   AND l.niche_tags @> ARRAY[$2]::text[]
   AND ($3 = 'all' OR l.target_status = $3)
   AND l.id > $6
   AND NOT EXISTS (SELECT FROM suppressions s WHERE s.user_id = l.user_id AND s.phone = l.phone AND NOT s.deleted)
   AND NOT ($4 AND EXISTS (
         SELECT FROM fanout_recipients p
          WHERE p.campaign_id = $8 AND p.run = $9 AND p.phone = l.phone AND p.lead_id <> l.id))
   AND NOT ($4 AND EXISTS (
         SELECT FROM leads twin
           JOIN devices td ON td.id = twin.device_id AND td.user_id = twin.user_id AND NOT td.deleted
          WHERE twin.user_id = l.user_id
            AND twin.phone = l.phone
            AND twin.id > $6 AND twin.id < l.id
            AND NOT twin.deleted
            AND twin.niche_tags @> ARRAY[$2]::text[]
            AND ($3 = 'all' OR twin.target_status = $3)
            AND NOT ($5 AND td.status <> 'online')))
 ORDER BY l.id
 LIMIT $7
