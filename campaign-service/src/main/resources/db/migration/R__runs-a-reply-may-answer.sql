-- The runs that a person who wrote to a device may answer: those of the last 7 days whose plan the person fits, as a lead on that
-- device; also one whose campaign was planned anew since.
-- counts: whether it is known that the run had reached the person by then. A run that is published again has passed everybody, wherever
-- its cursor stands; but one that has passed the person may send to it hours later, so it counts only for who was written to since it
-- began and by the time of the reply: what is sent later the reply does not answer, whenever it is heard. A minute more, since a send is
-- dated by the answer to its call, and a reply by whole seconds. One that is heard late may answer what was written to the person before the last.
-- may_count: whether the news of it may still be under way; the reply comes from the gateway at once, the news by way of dispatch-service.
-- A table that PostgreSQL plans with the statement around, so that who wants the latest run reads no others.
CREATE OR REPLACE FUNCTION runs_of_reply(of_user text, of_device uuid, of_phone text, wrote_at timestamptz)
  RETURNS TABLE (campaign_id uuid, run integer, started_at timestamptz, counts boolean, may_count boolean)
  LANGUAGE sql STABLE AS $$
  SELECT c.id, f.run, f.started_at,
    (f.repeats > 0 OR coalesce(l.id <= f.cursor, false))
      AND EXISTS (SELECT FROM written_people w
                   WHERE w.user_id = of_user AND w.phone = of_phone
                     AND (w.written_at BETWEEN f.started_at AND wrote_at + interval '1 minute'
                       OR w.written_before BETWEEN f.started_at AND wrote_at + interval '1 minute'))
      AND EXISTS (SELECT FROM campaign_progress p
                   WHERE p.campaign_id = c.id AND p.run BETWEEN least(c.planned_run, f.run) AND f.run
                     AND p.device_id = of_device AND p.sent > 0),
    c.run = f.run AND c.status = 'triggered' OR c.updated_at > wrote_at - interval '10 minutes'
    FROM leads l
    JOIN fanouts f ON f.user_id = of_user AND f.started_at BETWEEN wrote_at - interval '7 days' AND wrote_at
      AND l.created_at < f.started_at
    JOIN campaigns c ON c.id = f.campaign_id
      AND l.niche_tags @> ARRAY[c.niche_tag] AND c.target_status IN ('all', l.target_status)
   WHERE l.user_id = of_user AND l.phone = of_phone AND l.device_id = of_device AND NOT l.deleted
$$;
