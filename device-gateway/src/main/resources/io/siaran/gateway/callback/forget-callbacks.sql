-- Forgets, each at most $1 at a call, oldest first: platform ids that are $2 hours old, replies that are $3 hours old, and that
-- somebody wrote, $4 hours after it. Who asked to stop under a LID that nobody ever knew is forgotten with its reply, one that
-- became known a day later; what a person said of being written to holds nothing after a day.
WITH ids AS (
  DELETE FROM sent_messages WHERE (device_id, provider_message_id) IN (
    SELECT device_id, provider_message_id FROM sent_messages
    WHERE accepted_at < clock_timestamp() - $2::int * interval '1 hour'
    ORDER BY accepted_at LIMIT $1::int FOR UPDATE SKIP LOCKED)
  RETURNING 1
), replies AS (
  DELETE FROM inbound_messages WHERE id IN (
    SELECT id FROM inbound_messages WHERE received_at < clock_timestamp() - $3::int * interval '1 hour'
    ORDER BY received_at LIMIT $1::int FOR UPDATE SKIP LOCKED)
  RETURNING 1
), people AS (
  DELETE FROM recent_inbound WHERE (device_id, phone) IN (
    SELECT device_id, phone FROM recent_inbound WHERE at < clock_timestamp() - $4::int * interval '1 hour'
    ORDER BY at LIMIT $1::int FOR UPDATE SKIP LOCKED)
  RETURNING 1
), wishes AS (
  DELETE FROM last_wishes WHERE (user_id, phone) IN (
    SELECT user_id, phone FROM last_wishes WHERE heard_at < clock_timestamp() - interval '2 days'
    ORDER BY heard_at LIMIT $1::int FOR UPDATE SKIP LOCKED)
), stops AS (
  DELETE FROM lid_suppressions WHERE (device_id, lid) IN (
    SELECT device_id, lid FROM lid_suppressions
    WHERE since < clock_timestamp() - $3::int * interval '1 hour' OR known_at < clock_timestamp() - interval '1 day'
    ORDER BY since LIMIT $1::int FOR UPDATE SKIP LOCKED)
)
SELECT (SELECT count(*) FROM ids) AS ids, (SELECT count(*) FROM replies) AS replies,
  (SELECT count(*) FROM people) AS people
