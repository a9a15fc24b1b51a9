-- Messages that came back after their lead had moved, in the form of lead-messages.sql.
SELECT m.id,
  CASE WHEN d.user_id <> m.user_id THEN 'wrong_owner'
    WHEN d.deleted_at <= statement_timestamp() - news_of_leads_take() THEN 'device_deleted' END AS reason,
  m.moving_to AS to_device
FROM broadcast_messages AS m
LEFT JOIN device_queue AS d ON d.device_id = m.moving_to
WHERE m.moving_to IS NOT NULL AND m.status = 'pending'
  AND m.id <> ALL (ARRAY(SELECT message_id FROM set_aside_messages WHERE set_aside_at > now() - interval '1 hour'))
ORDER BY m.id
LIMIT $1
