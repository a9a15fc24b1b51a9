-- Moves the cursor past a page that Kafka has acknowledged, counts it, for the whole and for each device, notes which lead
-- was written to ($10, $11) of each recipient who has another one, puts aside the leads of which no message can be made
-- ($12, $13), and keeps the lease. No row: the lease is another's by
-- now, and so is the page. Says whether the campaign still wants the next one.
WITH mine AS (
  UPDATE fanouts
     SET cursor = $4, published = published + $5, failures = 0, lease_until = clock_timestamp() + $6 * interval '1 millisecond'
   WHERE campaign_id = $1 AND run = $2 AND lease = $3
  RETURNING campaign_id, run
), counted AS (
  INSERT INTO fanout_devices AS counts (campaign_id, run, device_id, published, skipped)
  SELECT mine.campaign_id, mine.run, page.device_id, page.published, page.skipped
    FROM mine, unnest($7::uuid[], $8::bigint[], $9::bigint[]) AS page (device_id, published, skipped)
  ON CONFLICT (campaign_id, run, device_id) DO UPDATE
     SET published = counts.published + excluded.published, skipped = counts.skipped + excluded.skipped
), noted AS (
  INSERT INTO fanout_recipients (campaign_id, run, phone, lead_id)
  SELECT mine.campaign_id, mine.run, page.phone, page.lead_id
    FROM mine
    JOIN campaigns c ON c.id = mine.campaign_id AND c.duplicate_phones = 'once'
   CROSS JOIN unnest($10::uuid[], $11::text[]) AS page (lead_id, phone)
   WHERE EXISTS (SELECT FROM leads twin
                  WHERE twin.user_id = c.user_id AND twin.phone = page.phone AND twin.id <> page.lead_id
                    AND NOT twin.deleted)
  ON CONFLICT DO NOTHING
), put_aside AS (
  INSERT INTO fanout_rejects (campaign_id, run, lead_id, reason)
  SELECT mine.campaign_id, mine.run, page.lead_id, coalesce(page.reason, 'unreadable')
    FROM mine, unnest($12::uuid[], $13::text[]) AS page (lead_id, reason)
  ON CONFLICT DO NOTHING
)
SELECT c.status = 'triggered' AND c.run = mine.run AS wanted
  FROM mine
  JOIN campaigns c ON c.id = mine.campaign_id
