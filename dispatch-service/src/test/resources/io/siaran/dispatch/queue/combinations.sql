CREATE TABLE combinations AS
SELECT c.*,
  (left(first_id((now() AT TIME ZONE 'UTC')::date)::text, 14) || '8000-8000-' || lpad(to_hex(n), 12, '0'))::uuid AS message_id,
  (left(first_id((now() AT TIME ZONE 'UTC')::date)::text, 14) || '8000-9000-' || lpad(to_hex(n), 12, '0'))::uuid AS earlier_id,
  ('0190aaaa-0000-7000-9000-' || lpad(to_hex(n), 12, '0'))::uuid AS device_id,
  ('0190bbbb-0000-7000-9000-' || lpad(to_hex(n), 12, '0'))::uuid AS lead_id,
  ('0190cccc-0000-7000-9000-' || lpad(to_hex(n), 12, '0'))::uuid AS plan_id,
  (60100000000 + n)::text AS phone
FROM (
  SELECT row_number() OVER () AS n, *
  FROM unnest(ARRAY['none', 'active', 'paused', 'cancelled', 'completed', 'deleted', 'later_run', 'closed']) AS plan,
    unnest(ARRAY['none', 'here', 'elsewhere', 'deleted']) AS lead,
    unnest(ARRAY['online', 'foreign', 'deleted', 'unknown']) AS device,
    unnest(ARRAY['none', 'standing', 'lifted', 'of_another']) AS suppression,
    unnest(ARRAY['none', 'own', 'of_another']) AS withdrawal,
    unnest(ARRAY['first', 'alone', 'sent', 'unknown', 'failed', 'waiting',
      'twin_sent', 'twin_unknown', 'twin_failed', 'twin_waiting', 'each_sent', 'each_waiting']) AS run) AS c;
INSERT INTO device_queue (device_id, user_id, status, version, deleted, deleted_at, next_due)
SELECT device_id, CASE device WHEN 'foreign' THEN 'razak' ELSE 'aminah' END, 'online', 1, device = 'deleted',
  CASE device WHEN 'deleted' THEN now() - interval '1 hour' END, now()
FROM combinations WHERE device <> 'unknown';
INSERT INTO plans (id, kind, user_id, status, run, version, deleted, once_per_phone, open_until)
SELECT plan_id, 'campaign', 'aminah',
  CASE WHEN plan IN ('deleted', 'later_run') THEN 'active' WHEN plan = 'closed' THEN CASE n % 2 WHEN 0 THEN 'active' ELSE 'completed' END
    ELSE plan END,
  CASE run WHEN 'first' THEN 1 ELSE 2 END + (plan = 'later_run')::int, 1, plan = 'deleted',
  run NOT LIKE 'each%',
  CASE WHEN plan = 'closed' THEN now() - interval '1 second' WHEN plan = 'active' THEN now() + interval '1 hour' END
FROM combinations WHERE plan <> 'none';
INSERT INTO leads (id, user_id, device_id, phone, version, deleted)
SELECT lead_id, 'aminah', CASE lead WHEN 'elsewhere' THEN '0190aaaa-0000-7000-8000-000000000002' ELSE device_id END, phone, 1,
  lead = 'deleted'
FROM combinations WHERE lead <> 'none';
INSERT INTO suppressions (user_id, phone, version, deleted)
SELECT CASE suppression WHEN 'of_another' THEN 'razak' ELSE 'aminah' END, phone, 1, suppression = 'lifted'
FROM combinations WHERE suppression <> 'none';
INSERT INTO withdrawals (message_id, user_id)
SELECT message_id, CASE withdrawal WHEN 'of_another' THEN 'razak' ELSE 'aminah' END FROM combinations WHERE withdrawal <> 'none';
INSERT INTO broadcast_messages (id, kind, user_id, device_id, lead_id, campaign_id, run, recipient_phone, type, message,
  min_delay, max_delay, time_zone, scheduled_at, due_at)
SELECT message_id, 'campaign', 'aminah', device_id, lead_id, plan_id, CASE run WHEN 'first' THEN 1 ELSE 2 END, phone, 'text', 'Hi',
  0, 0, 'UTC', now() - interval '1 minute', now() - interval '1 minute'
FROM combinations;
INSERT INTO broadcast_messages (id, kind, user_id, device_id, lead_id, campaign_id, run, recipient_phone, type, message,
  time_zone, scheduled_at, due_at, status, try_no, sent_at, failure_reason)
SELECT earlier_id, 'campaign', 'aminah', '0190aaaa-0000-7000-8000-00000000ffff', whose, plan_id, 1, phone, 'text', 'Hi',
  'UTC', now(), now(), CASE became WHEN 'waiting' THEN 'pending' ELSE became END, CASE became WHEN 'waiting' THEN 0 ELSE 1 END,
  CASE became WHEN 'sent' THEN now() END, CASE became WHEN 'failed' THEN 'expired' END
FROM (
  SELECT *, CASE WHEN run LIKE '%\_%' THEN earlier_id ELSE lead_id END AS whose, regexp_replace(run, '^.*_', '') AS became
  FROM combinations WHERE run NOT IN ('first', 'alone')) AS c
