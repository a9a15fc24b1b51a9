-- Adds what was learnt of messages that the caller has locked; their status stays. What was known first stays as well,
-- but of the times at which a message was sent the earliest counts. Of somebody who was erased comes back nothing that says who
-- it was.
UPDATE broadcast_messages AS m SET
  sent_at             = least(m.sent_at, s.sent_at),
  delivered_at        = coalesce(m.delivered_at, s.delivered_at),
  read_at             = coalesce(m.read_at, s.read_at),
  provider_message_id = CASE WHEN m.recipient_phone <> '9990000000000' THEN coalesce(m.provider_message_id, s.provider_message_id) END,
  sent_text           = CASE WHEN m.recipient_phone <> '9990000000000' THEN coalesce(m.sent_text, s.sent_text) END,
  lane                = coalesce(m.lane, s.lane),
  taken_tries         = CASE WHEN s.took IS NULL THEN m.taken_tries ELSE array_remove(m.taken_tries, s.took) || s.took END,
  refused_tries       = CASE WHEN s.refused IS NULL THEN array_remove(m.refused_tries, s.took)
                          ELSE array_remove(m.refused_tries, s.refused) || s.refused END
FROM unnest($1::uuid[], $2::timestamptz[], $3::timestamptz[], $4::timestamptz[], $5::text[], $6::text[], $7::int[], $8::int[], $9::text[])
  AS s (id, sent_at, delivered_at, read_at, provider_message_id, sent_text, took, refused, lane)
WHERE m.id = s.id
