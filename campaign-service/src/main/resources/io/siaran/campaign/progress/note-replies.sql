-- Counts a person who wrote to a device as a reply of the latest run that reached the person from it within 7 days; once a
-- run. $1 users, $2 devices, $3 phones, $4 times. Reads the leads of each phone and the runs of those days only: also one whose
-- campaign was planned anew since. A run that is published again has passed everybody, wherever its cursor stands.
-- Of a campaign for a segment the person counts that was written to since its time: nobody here keeps who was in the segment.
INSERT INTO campaign_replies (campaign_id, run, phone, device_id, replied_at)
SELECT DISTINCT ON (latest.id, latest.run, wrote.phone) latest.id, latest.run, wrote.phone, wrote.device_id, wrote.at
  FROM unnest($1::text[], $2::uuid[], $3::text[], $4::timestamptz[]) AS wrote (user_id, device_id, phone, at)
 CROSS JOIN LATERAL (
       SELECT c.id, f.run
         FROM leads l
         JOIN fanouts f ON f.user_id = l.user_id AND f.started_at BETWEEN wrote.at - interval '7 days' AND wrote.at
          AND l.created_at < f.started_at AND (f.repeats > 0 OR l.id <= f.cursor)
         JOIN campaigns c ON c.id = f.campaign_id
          AND l.niche_tags @> ARRAY[c.niche_tag] AND c.target_status IN ('all', l.target_status)
        WHERE l.user_id = wrote.user_id AND l.phone = wrote.phone AND l.device_id = wrote.device_id AND NOT l.deleted
           AND (c.segment IS NULL
                OR EXISTS (SELECT FROM written_people w
                            WHERE w.user_id = l.user_id AND w.phone = l.phone AND w.written_at >= f.started_at))
           AND EXISTS (SELECT FROM campaign_progress p
                        WHERE p.campaign_id = c.id AND p.run BETWEEN least(c.planned_run, f.run) AND f.run
                          AND p.device_id = l.device_id AND p.sent > 0)
        ORDER BY f.started_at DESC, c.id DESC, f.run DESC
        LIMIT 1) AS latest
 ORDER BY latest.id, latest.run, wrote.phone, wrote.at
ON CONFLICT (campaign_id, run, phone) DO NOTHING
