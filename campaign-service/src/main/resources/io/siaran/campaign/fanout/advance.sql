-- Moves the cursor past a page that Kafka has acknowledged, counts it, for the whole and for each device, counts whom it left
-- out ($9 to $11), puts aside the leads of which no message can be made ($12, $13), and keeps the lease. A repetition counts
-- nothing again. No row: the lease is another's by now, and so is the page. Says whether the campaign still wants the next one.
WITH mine AS (
  UPDATE fanouts
     SET cursor = $4, published = published + CASE repeats WHEN 0 THEN $5::bigint ELSE 0 END, failures = 0,
         lease_until = clock_timestamp() + $6 * interval '1 millisecond'
   WHERE campaign_id = $1 AND run = $2 AND lease = $3
  RETURNING campaign_id, run, repeats
), counted AS (
  INSERT INTO fanout_devices AS counts (campaign_id, run, device_id, published)
  SELECT mine.campaign_id, mine.run, page.device_id, page.published
    FROM mine, unnest($7::uuid[], $8::bigint[]) AS page (device_id, published)
   WHERE mine.repeats = 0
  ON CONFLICT (campaign_id, run, device_id) DO UPDATE SET published = counts.published + excluded.published
), left_out AS (
  INSERT INTO fanout_exclusions AS counts (campaign_id, run, device_id, reason, leads)
  SELECT mine.campaign_id, mine.run, page.device_id, page.reason, page.leads
    FROM mine, unnest($9::uuid[], $10::text[], $11::bigint[]) AS page (device_id, reason, leads)
   WHERE mine.repeats = 0
  ON CONFLICT (campaign_id, run, device_id, reason) DO UPDATE SET leads = counts.leads + excluded.leads
), put_aside AS (
  INSERT INTO fanout_rejects (campaign_id, run, lead_id, reason)
  SELECT mine.campaign_id, mine.run, page.lead_id, coalesce(page.reason, 'unreadable')
    FROM mine, unnest($12::uuid[], $13::text[]) AS page (lead_id, reason)
  ON CONFLICT DO NOTHING
)
SELECT c.status = 'triggered' AND c.run = mine.run AS wanted
  FROM mine
  JOIN campaigns c ON c.id = mine.campaign_id
