-- Whether a message may still be sent: the one place that says so, for intake, reconciliation and operators. Each column is
-- one kind of obstacle, as the reason that the message ends with; `first` is the one to give. Whoever needs only some of the
-- columns pays only for those. The release has the same condition in a form that reads less (release.sql); ObstaclesTest
-- holds the two against each other.
-- The device that counts is that of the lead, to which the message follows.
-- A plain SELECT, so that PostgreSQL makes it part of the statement that calls it, and by index (docs/adr/0011).

-- How long after a device was deleted the news that its leads have moved may still be on their way: they come by another topic, and
-- whoever moves the leads and deletes the device at once must lose no message. Nothing goes out from the device meanwhile.
CREATE OR REPLACE FUNCTION news_of_leads_take() RETURNS interval
  LANGUAGE sql IMMUTABLE
  RETURN interval '15 minutes';

-- Whether what a plan has queued waits: it is paused, or the time until which it is open has passed, whatever its status is. Whoever is
-- to say so at that time may be away, or the news of it late.
CREATE OR REPLACE FUNCTION plan_waits(status text, open_until timestamptz) RETURNS boolean
  LANGUAGE sql STABLE
  RETURN status = 'paused' OR coalesce(open_until <= statement_timestamp(), false);

CREATE OR REPLACE FUNCTION obstacles(
  message_id uuid, kind text, user_id text, device_id uuid, lead_id uuid, campaign_id uuid, plan_id uuid, run int, phone text)
  RETURNS TABLE (
    first text, of_device text, besides_device text, of_plan text, of_lead text, of_earlier_run text,
    plan_paused boolean, lead_device uuid)
  LANGUAGE sql STABLE ROWS 1 AS $$
  SELECT coalesce(found.device, found.withdrawal, found.plan, found.lead, found.suppression, found.earlier_run),
    found.device,
    coalesce(found.withdrawal, found.plan, found.lead, found.suppression, found.earlier_run),
    found.plan, found.lead, found.earlier_run, found.paused, found.lead_device
  FROM (
    SELECT
      CASE WHEN d.user_id <> obstacles.user_id THEN 'wrong_owner' WHEN d.deleted_at <= statement_timestamp() - news_of_leads_take()
        THEN 'device_deleted' END AS device,
      CASE WHEN w.message_id IS NOT NULL THEN 'withdrawn' END AS withdrawal,
      CASE WHEN p.status = 'cancelled' OR p.deleted THEN 'plan_cancelled' WHEN obstacles.run < p.run THEN 'superseded_run' END AS plan,
      CASE WHEN l.deleted THEN 'lead_deleted' END AS lead,
      CASE WHEN s.phone IS NOT NULL THEN 'suppressed' END AS suppression,
      -- What was sent of an earlier run, or may have been, to the lead; and to the phone through another one, where the plan
      -- writes to nobody twice. Of a first run nothing is read. The order names the index of a person's messages.
      CASE WHEN obstacles.kind = 'campaign' AND obstacles.run > 1 AND (EXISTS (
        SELECT FROM broadcast_messages AS reached
        WHERE reached.kind = 'campaign' AND reached.status IN ('sent', 'unknown')
          AND reached.campaign_id = obstacles.campaign_id AND reached.lead_id = obstacles.lead_id
          AND reached.run < obstacles.run)
        OR p.once_per_phone AND (
          SELECT true FROM broadcast_messages AS twin
          WHERE twin.user_id = obstacles.user_id AND twin.recipient_phone BETWEEN obstacles.phone AND obstacles.phone
            AND twin.kind = 'campaign' AND twin.status IN ('sent', 'unknown')
            AND (twin.campaign_id = obstacles.campaign_id) IS TRUE AND twin.run < obstacles.run
          ORDER BY twin.recipient_phone
          LIMIT 1))
        THEN 'sent_in_earlier_run' END AS earlier_run,
      plan_waits(p.status, p.open_until) AS paused,
      l.device_id AS lead_device
    FROM (SELECT 1) AS one
    LEFT JOIN leads AS l ON l.id = obstacles.lead_id AND l.user_id = obstacles.user_id
    LEFT JOIN device_queue AS d ON d.device_id = coalesce(l.device_id, obstacles.device_id)
    LEFT JOIN plans AS p ON p.id = obstacles.plan_id AND p.user_id = obstacles.user_id
    LEFT JOIN suppressions AS s
      ON s.user_id = obstacles.user_id AND s.phone = obstacles.phone AND NOT s.deleted
    LEFT JOIN withdrawals AS w ON w.message_id = obstacles.message_id AND w.user_id = obstacles.user_id
  ) AS found
$$;

-- Whether a plan that writes to nobody twice has written to a phone by another message, of whichever run, or may have. That is how a
-- message that follows its lead to a corrected phone would write to somebody a second time. As long as the campaign is under way its
-- owner knows whom it reaches, and takes the message back; once it has ended nobody else does, so that what is only waiting there counts
-- as well, and of messages that come to the phone together all but the first. Not what waits there for its turn to leave the phone, whose
-- lead has another one by now: of two leads whose phones were swapped, each waits where the other is to come.
-- A plain SELECT, as above; the order names the index of a person's messages.
CREATE OR REPLACE FUNCTION written_by_another(message_id uuid, user_id text, campaign_id uuid, phone text, together uuid[])
  RETURNS TABLE (id uuid)
  LANGUAGE sql STABLE ROWS 1 AS $$
  SELECT twin.id
  FROM plans AS p
  CROSS JOIN LATERAL (
    SELECT m.id
    FROM broadcast_messages AS m
    WHERE m.user_id = written_by_another.user_id
      AND m.recipient_phone BETWEEN written_by_another.phone AND written_by_another.phone
      AND m.kind = 'campaign' AND (m.campaign_id = written_by_another.campaign_id) IS TRUE AND m.id <> written_by_another.message_id
      AND (m.status IN ('sent', 'unknown')
        OR m.status IN ('pending', 'processing') AND p.status IN ('completed', 'failed')
          AND (m.id < written_by_another.message_id OR m.id <> ALL (written_by_another.together))
          AND NOT (m.status = 'pending' AND EXISTS (
            SELECT FROM leads AS l
            WHERE l.id = m.lead_id AND l.user_id = m.user_id AND l.phone <> m.recipient_phone
              AND (l.version < m.lead_version) IS NOT TRUE)))
    ORDER BY m.recipient_phone
    LIMIT 1) AS twin
  WHERE p.id = written_by_another.campaign_id AND p.user_id = written_by_another.user_id AND p.once_per_phone
$$;
