-- What the row of a message no longer tells, in order.
SELECT at, fact, try_no, reason, detail, by_user
FROM message_facts
WHERE message_id = $1
ORDER BY n
