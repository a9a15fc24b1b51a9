-- What an operator decided about messages, for their timelines.
INSERT INTO message_facts (message_id, try_no, fact, reason, by_user, at)
SELECT d.message_id, d.try_no, $3, $4, $5, $6
FROM unnest($1::uuid[], $2::int[]) AS d (message_id, try_no)
