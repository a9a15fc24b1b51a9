-- Of messages that have just come to a corrected phone, those by which their campaign would write to somebody twice. IS TRUE keeps it from
-- the indexes of what waits, however much that is: it goes by the ids.
SELECT m.id, 'withdrawn' AS reason
FROM broadcast_messages AS m
WHERE m.id = ANY ($1::uuid[]) AND (m.status = 'pending') IS TRUE AND m.kind = 'campaign'
  AND EXISTS (SELECT FROM written_by_another(m.id, m.user_id, m.campaign_id, m.recipient_phone, $1::uuid[]))
