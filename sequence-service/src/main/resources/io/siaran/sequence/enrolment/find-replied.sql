-- Which open enrolments end because their person answered after entering: of the user ($1), the phone ($2), at a time ($3), to
-- whichever device. Locks them, in the one order in which everybody does.
SELECT e.id
FROM enrolments e
WHERE e.status = 'open' AND e.id IN (
  SELECT open.id
  FROM unnest($1::text[], $2::text[], $3::timestamptz[]) AS reply (user_id, phone, at)
    JOIN leads l ON l.user_id = reply.user_id AND l.phone = reply.phone
    JOIN enrolments open ON open.lead_id = l.id AND open.status = 'open' AND open.entered_at <= reply.at
    JOIN sequences s ON s.id = open.sequence_id AND s.stop_on_reply)
ORDER BY e.id
FOR UPDATE OF e
