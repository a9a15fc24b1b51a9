-- Messages to people who must not be written to. Bounded without a cursor: what was stopped or set aside is not answered again.
SELECT m.id, 'suppressed' AS reason
FROM unnest($1::text[]) AS k (key)
JOIN suppressions AS s
  ON s.user_id = regexp_replace(k.key, ':[^:]*$', '') AND s.phone = substring(k.key FROM '[^:]*$') AND NOT s.deleted
JOIN broadcast_messages AS m ON m.user_id = s.user_id AND m.recipient_phone = s.phone
WHERE (m.status = 'pending' OR (m.status = 'processing' AND m.ending IS NULL))
  AND m.id <> ALL (ARRAY(SELECT message_id FROM set_aside_messages WHERE set_aside_at > now() - interval '1 hour'))
LIMIT $2
